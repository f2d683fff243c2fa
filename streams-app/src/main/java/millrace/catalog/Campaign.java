package millrace.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.money.Cpm;

/**
 * What an advertiser bought, checked and ready to decide on.
 *
 * @param priority higher is asked first
 * @param flightStart first moment; absent is always
 * @param flightEnd moment at which it is over; absent is never
 * @param caps all must allow an ad
 * @param placements where it may be shown; empty is everywhere
 * @param countries ISO 3166-1 alpha-2, upper case; empty is everywhere
 * @param deviceTypes AdCOM device types; empty is all
 */
public record Campaign(
        String id,
        String advertiser,
        boolean active,
        int priority,
        Optional<Instant> flightStart,
        Optional<Instant> flightEnd,
        String currency,
        Cpm price,
        Budget budget,
        List<CapRule> caps,
        Set<String> placements,
        Set<String> countries,
        Set<Integer> deviceTypes,
        Supply supply) {

    public Campaign {
        caps = List.copyOf(caps);
        placements = Set.copyOf(placements);
        countries = Set.copyOf(countries);
        deviceTypes = Set.copyOf(deviceTypes);
    }
}
