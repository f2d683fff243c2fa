package millrace.catalog;

import millrace.schemas.CapScope;

/**
 * At most {@code limit} ads of a scope to one user within a window.
 *
 * @param limit 1 to 500, the most that a slot of the exposure store holds
 */
public record CapRule(CapScope scope, int limit, CapSpan span) {
    public static final int MAX_LIMIT = 500;

    public CapRule {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("cap limit is " + limit + "; allowed is 1 to " + MAX_LIMIT);
        }
    }
}
