package millrace.devkit.referee;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.ServedAd;

/** One impression of an ad is billed once, at the price it was served for; and each that was told of is on record. */
final class ImpressionJudge {

    /**
     * @param doubleBilled ids of reservations that were billed again, once for each time
     * @param excused billed again where the guarantee documents it
     * @param wrong impressions of nothing that was served, or at another price
     * @param missing shown tokens without any record
     * @param late recorded after their reservation's end, unbilled
     */
    record Verdict(List<String> doubleBilled, int excused, List<String> wrong, List<String> missing, int late) {}

    private final Evidence evidence;
    private final Terms terms;
    private final Map<String, ServedAd> served = new HashMap<>();

    ImpressionJudge(Evidence evidence, Terms terms) {
        this.evidence = evidence;
        this.terms = terms;
        evidence.served().forEach(ad -> served.put(ad.getId(), ad));
    }

    Verdict verdict() {
        Set<String> seen = new HashSet<>();
        Set<String> billed = new HashSet<>();
        List<String> doubled = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        int excused = 0;
        int late = 0;
        for (Impression impression : evidence.impressions()) {
            seen.add(impression.getId());
            late += impression.getVerdict() == ImpressionVerdict.LATE ? 1 : 0;
            if (impression.getVerdict() == ImpressionVerdict.BILLED) {
                if (!billed.add(impression.getId())) {
                    if (isExcused(impression)) {
                        excused++;
                    } else {
                        doubled.add(impression.getId());
                    }
                }
                ServedAd ad = served.get(impression.getId());
                if (ad == null || ad.getCostNanos() != impression.getCostNanos()) {
                    wrong.add(impression.getId());
                }
            }
        }
        return new Verdict(doubled, excused, wrong, missing(seen), late);
    }

    /** The same record again, from an event that a crash had read again. */
    private boolean isExcused(Impression again) {
        Instant shown = Instant.ofEpochMilli(again.getShownAt());
        return terms.excuses().stream()
                .anyMatch(each -> each.isBetween(shown.minus(terms.skew()), each.to()) && !shown.isAfter(each.to()));
    }

    /** Tokens of a decision that at-least-once made again may be of a reservation that nobody knows. */
    private List<String> missing(Set<String> seen) {
        if (!terms.excuses().isEmpty()) {
            return List.of();
        }
        return evidence.shown().stream()
                .filter(token -> !seen.contains(TokenText.reservation(token)))
                .toList();
    }
}
