package millrace.upstream.vast.document;

/**
 * An id of the creative in a registry (VAST 4.3, 3.7.1).
 *
 * @param value the content, else the idValue attribute that VAST 4.0 had
 */
public record UniversalAdId(String registry, String value) {

    /** Whether it names something: the text lets {@code unknown} stand for an id that nobody has. */
    public boolean isKnown() {
        return !value.isEmpty() && !value.equalsIgnoreCase("unknown");
    }
}
