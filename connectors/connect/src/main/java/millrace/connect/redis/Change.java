package millrace.connect.redis;

import java.util.Map;

/** One change of the read model. Each may be made again, and in any order but that of its key's versions, with the same end. */
sealed interface Change {
    /**
     * The balance of a budget.
     *
     * @param number of the ledger's entry; a balance of an older one is not written
     */
    record Balance(String key, long number, Map<String, String> fields) implements Change {}

    /** What a campaign is now. */
    record Terms(String key, Map<String, String> fields) implements Change {}

    record Ended(String key) implements Change {}

    /**
     * A reserved ad counts until its reservation ends, unless it was shown before.
     *
     * @param ad all that rules count it by
     */
    record Held(String key, String shownKey, String ad, long expiresAt) implements Change {}

    /** An ad that was shown counts as long as windows reach, and is no longer held. */
    record Shown(String key, String heldKey, String ad, long servedAt) implements Change {}
}
