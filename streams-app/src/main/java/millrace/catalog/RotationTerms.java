package millrace.catalog;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What rotation must know of an upstream.
 *
 * @param countries countries that it serves, ISO 3166-1 alpha-2; empty is all
 * @param regions parts of countries that it serves, as requests name them; empty is all
 * @param costMicros what a thousand calls of it cost, in micros of one currency for the whole pool
 * @param maxPerSecond most calls a second of one process; empty is no limit
 */
public record RotationTerms(
        Set<String> countries, Set<String> regions, long costMicros, OptionalInt maxPerSecond, BreakerTerms breaker) {
    public static final RotationTerms USUAL =
            new RotationTerms(Set.of(), Set.of(), 0, OptionalInt.empty(), BreakerTerms.USUAL);

    public RotationTerms {
        countries = Set.copyOf(countries);
        regions = Set.copyOf(regions);
    }
}
