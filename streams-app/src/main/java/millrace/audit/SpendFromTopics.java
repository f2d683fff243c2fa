package millrace.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import millrace.audit.Difference.Kind;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.ServedAd;

/**
 * What was spent as served-ads and impressions tell it. Remembers each ad that was served and not yet billed, and the id of
 * each that was: read an impression only after all ads that were served before it.
 */
final class SpendFromTopics {

    /**
     * What one campaign got on one day. Amounts in nanos of the currency unit.
     *
     * @param served ads, tests and house ads aside
     * @param reservedNanos cost of them all
     */
    record Sums(String currency, long served, long reservedNanos, long billed, long spentNanos) {
        private Sums plusServed(long cost) {
            return new Sums(currency, served + 1, Math.addExact(reservedNanos, cost), billed, spentNanos);
        }

        private Sums plusBilled(long cost) {
            return new Sums(currency, served, reservedNanos, billed + 1, Math.addExact(spentNanos, cost));
        }
    }

    private record Unbilled(Subject subject, long cost) {}

    private final boolean forgetful;
    private final SortedMap<Subject, Sums> sums = new TreeMap<>();
    private final Map<String, Unbilled> unbilled = new HashMap<>();
    private final Set<String> billed = new HashSet<>();
    private final List<Difference> differences = new ArrayList<>();

    /** @param forgetful a record that comes again counts once, and is no difference */
    SpendFromTopics(boolean forgetful) {
        this.forgetful = forgetful;
    }

    /** @throws ArithmeticException when a sum does not fit a long */
    void served(ServedAd ad) {
        if (ad.getCampaign() == null || ad.getHouse() || ad.getTest()) {
            return;
        }
        Subject subject = new Subject(ad.getCampaign(), ad.getBudgetDay());
        unbilled.put(ad.getId(), new Unbilled(subject, ad.getCostNanos()));
        sums.merge(
                subject,
                nothing(ad.getCurrency()).plusServed(ad.getCostNanos()),
                (before, first) -> before.plusServed(ad.getCostNanos()));
    }

    /** @throws ArithmeticException when a sum does not fit a long */
    void shown(Impression impression) {
        if (impression.getVerdict() != ImpressionVerdict.BILLED || impression.getCampaign() == null) {
            return;
        }
        if (forgetful && billed.contains(impression.getId())) {
            return;
        }
        Subject subject = new Subject(impression.getCampaign(), impression.getBudgetDay());
        long cost = impression.getCostNanos();
        sums.merge(
                subject,
                nothing(impression.getCurrency()).plusBilled(cost),
                (before, first) -> before.plusBilled(cost));
        if (!billed.add(impression.getId())) {
            differences.add(new Difference(
                    subject, Kind.BILLED_TWICE, "reservation " + impression.getId() + " was billed once more"));
            return;
        }
        Unbilled ad = unbilled.remove(impression.getId());
        if (ad == null || !ad.equals(new Unbilled(subject, cost))) {
            differences.add(new Difference(
                    subject,
                    Kind.NOT_AS_SERVED,
                    "reservation " + impression.getId() + " was billed " + cost + " nanos; served was "
                            + Optional.ofNullable(ad)
                                    .map(found -> found.cost() + " nanos of " + found.subject())
                                    .orElse("no such ad")));
        }
    }

    private static Sums nothing(String currency) {
        return new Sums(currency, 0, 0, 0, 0);
    }

    SortedMap<Subject, Sums> sums() {
        return new TreeMap<>(sums);
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }
}
