package millrace.upstream.openrtb.notice;

/** Where a macro stands. */
public enum MacroPlace {
    /** The win notice. */
    NURL,
    /** The billing notice. */
    BURL,
    /** The loss notice. */
    LURL,
    /** The markup, in the bid or as the win notice returned it. */
    ADM;

    boolean isAddress() {
        return this != ADM;
    }
}
