package millrace.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.schemas.Ad;
import millrace.schemas.AdResponse;
import millrace.schemas.SlotAnswer;

/** An answer as a person reads it: a line for each ad. */
final class AnswerText {
    private static final int MICRO_DECIMALS = 6;
    private static final int CENTS = 2;

    private AnswerText() {}

    /** @param after from sending the request to reading the answer */
    static String of(AdResponse response, Duration after) {
        String begin = response.getRequestId() + "  ";
        String end = "  " + after.toMillis() + " ms";
        if (response.getError() != null) {
            return begin + "error " + response.getError().getCode() + ": "
                    + response.getError().getMessage() + end;
        }
        return response.getSlots().stream()
                .map(slot -> begin + slot(slot) + end)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String slot(SlotAnswer slot) {
        Optional<String> reason =
                Optional.ofNullable(slot.getReason()).map(why -> why.name().toLowerCase(Locale.ROOT));
        if (slot.getAds().isEmpty()) {
            return slot.getSlotId() + "  empty: " + reason.orElse("no reason given");
        }
        // A house ad has a reason too: why there is nothing better.
        return slot.getSlotId() + "  "
                + slot.getAds().stream().map(AnswerText::ad).collect(Collectors.joining("; "))
                + reason.map(why -> " (" + why + ")").orElse("");
    }

    private static String ad(Ad ad) {
        String whose = ad.getHouse()
                ? "house ad"
                : Optional.ofNullable(ad.getCampaign())
                        .map(campaign -> "campaign " + campaign)
                        .orElse("open demand");
        String via = Optional.ofNullable(ad.getUpstream())
                .map(upstream -> " via " + upstream)
                .orElse("");
        return "filled: " + whose + ", creative " + ad.getCreative() + via + ", " + ad.getCurrency() + " "
                + decimal(ad.getPriceCpmMicros()) + " cpm, token " + ad.getToken();
    }

    private static String decimal(long micros) {
        BigDecimal amount = BigDecimal.valueOf(micros, MICRO_DECIMALS).stripTrailingZeros();
        return amount.setScale(Math.max(CENTS, amount.scale())).toPlainString();
    }
}
