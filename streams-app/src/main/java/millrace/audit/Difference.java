package millrace.audit;

/**
 * Something that does not add up.
 *
 * @param subject what it is about
 * @param what in words, with the amounts
 */
public record Difference(Subject subject, Kind kind, String what) {

    /** What kind of thing does not add up. */
    public enum Kind {
        /** The ledger has another sum than the impressions. */
        SPENT,
        /** One reservation was billed more than once. */
        BILLED_TWICE,
        /** An impression was billed that was never served, or at another cost, or to another campaign or day. */
        NOT_AS_SERVED,
        /** A number is missing between two entries of the ledger. */
        ENTRY_MISSING,
        /** The balances of an entry are not the sum of the movements up to it. */
        BALANCE,
        /** A grant left more out than the budget. */
        GRANTED_BEYOND
    }
}
