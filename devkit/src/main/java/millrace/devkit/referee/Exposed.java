package millrace.devkit.referee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import millrace.schemas.ServedAd;

/**
 * A served ad with what became of it.
 *
 * @param billed its impression came in time, so that it counts for ever
 * @param late its impression came after that
 */
record Exposed(ServedAd ad, boolean billed, boolean late) {

    /** In the order in which they were served. Neither house ads nor tests: they cost and count nothing. */
    static List<Exposed> of(Evidence evidence, Terms terms) {
        Set<String> billed = new HashSet<>();
        Set<String> late = new HashSet<>();
        for (Impression impression : evidence.impressions()) {
            if (impression.getVerdict() == ImpressionVerdict.BILLED) {
                billed.add(impression.getId());
            } else if (impression.getVerdict() == ImpressionVerdict.LATE) {
                late.add(impression.getId());
            }
        }
        Map<String, Integer> decisions = new HashMap<>();
        evidence.served().forEach(ad -> decisions.merge(slot(ad), 1, Integer::sum));
        List<Exposed> exposed = new ArrayList<>();
        for (ServedAd ad : evidence.served()) {
            boolean isBilled = billed.contains(ad.getId());
            // Under at-least-once the record of a decision that was lost with its state, and made again.
            boolean isGhost = !terms.excuses().isEmpty() && !isBilled && decisions.getOrDefault(slot(ad), 0) > 1;
            if (!ad.getHouse() && !ad.getTest() && !isGhost) {
                exposed.add(new Exposed(ad, isBilled, late.contains(ad.getId())));
            }
        }
        exposed.sort(Comparator.comparingLong(each -> each.ad().getServedAt()));
        return exposed;
    }

    private static String slot(ServedAd ad) {
        return ad.getRequestId() + "/" + ad.getSlotId();
    }

    long at() {
        return ad.getServedAt();
    }

    /** Whether it surely counted at that time: shown in time, or still waiting for its impression by any clock. */
    boolean countsAt(long millis, Duration skew) {
        return billed || ad.getExpiresAt() - skew.toMillis() > millis;
    }
}
