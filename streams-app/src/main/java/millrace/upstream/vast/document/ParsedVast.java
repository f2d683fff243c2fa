package millrace.upstream.vast.document;

/** What bytes turned out to be. */
public sealed interface ParsedVast permits VastDocument, VmapDocument, ParsedVast.Malformed {

    /**
     * Not a document that can be used.
     *
     * @param code 100 not XML or over a limit, 101 XML but none of the roots that are known, 102 a version that is not
     *     supported
     */
    record Malformed(int code, String reason) implements ParsedVast {}
}
