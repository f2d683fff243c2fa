package millrace.catalog;

import java.util.List;
import java.util.Optional;
import millrace.schemas.SelectorKind;

/**
 * How one upstream of a pool is chosen: of those that every filter lets through, the selector takes one; when it can take none, the fallback does.
 *
 * @param plugin name of somebody else's selector, which chooses instead
 * @param fallback who chooses when the selector has no choice
 * @param filters names of filters, in the order in which they are asked
 * @param anywhere whether a request whose country nobody serves goes to any upstream; else nobody is asked
 * @param retry whether it is asked again when all have failed
 * @param hedge whether a second upstream is asked when the first takes longer than 95 of 100 answers of the pool
 */
public record PoolRules(
        SelectorKind selector,
        Optional<String> plugin,
        Optional<SelectorKind> fallback,
        List<String> filters,
        boolean anywhere,
        RetryTerms retry,
        boolean hedge) {
    public static final String HEALTH = "health";
    public static final String GEO = "geo";
    public static final String RATE = "rate";
    /** What a pool has that names no filters. */
    public static final List<String> USUAL_FILTERS = List.of(HEALTH, GEO, RATE);

    public PoolRules {
        filters = List.copyOf(filters);
    }

    /** One that does not ask again. */
    public PoolRules(SelectorKind selector, Optional<SelectorKind> fallback, List<String> filters, boolean anywhere) {
        this(selector, Optional.empty(), fallback, filters, anywhere, RetryTerms.NONE, false);
    }

    /** Whether a selector only says who keeps whom, and needs another to choose. */
    public static boolean isSticky(SelectorKind selector) {
        return selector == SelectorKind.STICKY_SESSION || selector == SelectorKind.STICKY_USER;
    }

    public static PoolRules of(SelectorKind selector) {
        return new PoolRules(
                selector, Optional.empty(), Optional.empty(), USUAL_FILTERS, false, RetryTerms.NONE, false);
    }
}
