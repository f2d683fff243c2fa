package millrace.upstream.openrtb.check;

/** What becomes of a value that no list of the specification has. */
public enum Strictness {
    /** It is taken, as the specification wants it: lists grow without a new version. */
    TOLERANT,
    /** It is a fault: for whoever writes messages, and wants to know of a slip. */
    STRICT
}
