package millrace.caps;

import millrace.catalog.CapRule;

/** Whether one more ad may be shown to a user. Asking consumes nothing. */
public sealed interface CapVerdict {

    /** Every rule has room for one more. */
    record Allowed() implements CapVerdict {}

    /**
     * A rule has no room.
     *
     * @param count ads of the rule's scope in the fullest of its windows that this ad would be in
     */
    record Refused(CapRule rule, int count) implements CapVerdict {}

    /** A rule reaches further back than exposures are kept, so that it cannot be counted. */
    record BeyondRetention(CapRule rule) implements CapVerdict {}

    /** The user has more ads than are counted, or a row that cannot be read: to be safe, no more. */
    record UserFull() implements CapVerdict {}
}
