package millrace.upstream.vast.document;

/** What a companion, icon or nonlinear ad shows (VAST 4.3, 3.15). */
public sealed interface Resource {

    /** @param creativeType media type of the file */
    record Static(String creativeType, String url) implements Resource {}

    record IFrame(String url) implements Resource {}

    /** @param html as it came */
    record Html(String html, boolean xmlEncoded) implements Resource {}
}
