package millrace.devkit.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import millrace.schemas.Ad;
import millrace.schemas.AdResponse;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import org.jspecify.annotations.Nullable;

/** One decision as one line for people. */
public final class DecisionLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final String FORMAT = "%-12s  %-9s  %-8s  %-22s  %-12s  %-13s  %-8s  %10s  %5s ms";

    private DecisionLine() {}

    public static String heading() {
        return FORMAT.formatted("time", "viewer", "at", "outcome", "campaign", "creative", "upstream", "CPM", "took");
    }

    /** @param took from the request to its answer, as the requester saw it */
    public static String of(AdResponse answer, String viewer, Duration took) {
        SlotAnswer slot = answer.getSlots().getFirst();
        Optional<Ad> ad = slot.getAds().stream().findFirst();
        return FORMAT.formatted(
                TIME.format(LocalTime.ofInstant(Instant.ofEpochMilli(answer.getDecidedAt()), ZoneId.systemDefault())),
                viewer,
                answer.getPlacement(),
                outcome(slot),
                ad.map(Ad::getCampaign).orElse("-"),
                ad.map(Ad::getCreative).orElse("-"),
                ad.map(Ad::getUpstream).orElse("-"),
                ad.filter(shown -> !shown.getHouse())
                        .map(shown -> Amounts.cpm(shown.getPriceCpmMicros()) + " " + shown.getCurrency())
                        .orElse("-"),
                took.toMillis());
    }

    /** {@code filled}, {@code house (capped)}, {@code no fill (timeout)}. */
    static String outcome(SlotAnswer slot) {
        if (slot.getOutcome() == Outcome.NO_FILL) {
            return "no fill" + because(slot.getReason());
        }
        return slot.getAds().getFirst().getHouse() ? "house" + because(slot.getReason()) : "filled";
    }

    private static String because(@Nullable NoFillReason reason) {
        return reason == null
                ? ""
                : " (" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
}
