package millrace.upstream.vast;

/** What bytes turned out to be. */
public sealed interface ParsedVast permits VastDocument, ParsedVast.Malformed {

    /**
     * Not a document that can be used.
     *
     * @param code 100 not XML or over a limit, 101 XML but not VAST, 102 a version that is not supported
     */
    record Malformed(int code, String reason) implements ParsedVast {}
}
