package millrace.upstream.vast.check;

/** How much a finding costs. */
public enum Severity {
    /** A document, an ad or a break is lost, or a call cannot be made. */
    ERROR,
    /** The specification is broken: some players refuse it, or a part of it is passed over. */
    WARNING,
    /** Right, but worth knowing. */
    NOTE
}
