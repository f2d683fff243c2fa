package millrace.upstream.openrtb.notice;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import millrace.money.Cpm;
import millrace.upstream.openrtb.auction.Loser;
import millrace.upstream.openrtb.auction.Winner;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.BidResponse;
import millrace.upstream.openrtb.model.Qty;
import org.jspecify.annotations.Nullable;

/**
 * What the macros of one bid stand for. What is missing is written as nothing.
 *
 * @param values by macro
 */
public record MacroValues(Map<Macro, String> values) {
    private static final String USUAL_CURRENCY = "USD";
    private static final String UNKNOWN_TO_AUDIT = "AUDIT";
    private static final int RATIO_DIGITS = 6;

    public MacroValues {
        values = values.isEmpty() ? Map.of() : Map.copyOf(values);
    }

    /** @param requestId as the bidder was sent it */
    public static MacroValues of(String requestId, Winner winner) {
        Map<Macro, String> values = common(requestId, winner.seat(), winner.response(), winner.bid());
        values.put(Macro.AUCTION_PRICE, decimal(winner.clearing()));
        values.put(Macro.AUCTION_MBR, ratio(winner.clearing(), winner.price()));
        values.put(Macro.AUCTION_MIN_TO_WIN, decimal(winner.minToWin()));
        values.put(
                Macro.AUCTION_MULTIPLIER,
                Optional.ofNullable(winner.imp().qty())
                        .map(Qty::multiplier)
                        .map(BigDecimal::toPlainString)
                        .orElse("1"));
        return new MacroValues(values);
    }

    /** Who lost learns why, and what would have tied if price decided; not what anybody paid. */
    public static MacroValues of(String requestId, Loser loser) {
        Map<Macro, String> values = common(requestId, loser.seat(), loser.response(), loser.bid());
        values.put(Macro.AUCTION_LOSS, String.valueOf(loser.reason().code()));
        loser.minToWin().ifPresent(price -> values.put(Macro.AUCTION_MIN_TO_WIN, decimal(price)));
        return new MacroValues(values);
    }

    /** For markup that is looked at outside of an auction. */
    public static MacroValues ofAudit() {
        Map<Macro, String> values = new EnumMap<>(Macro.class);
        for (Macro macro : Macro.values()) {
            values.put(macro, UNKNOWN_TO_AUDIT);
        }
        return new MacroValues(values);
    }

    /** Once the ad was shown. */
    public MacroValues shownAt(Instant time) {
        Map<Macro, String> more = new EnumMap<>(values);
        more.put(Macro.AUCTION_IMP_TS, String.valueOf(time.toEpochMilli()));
        return new MacroValues(more);
    }

    private static Map<Macro, String> common(String requestId, Optional<String> seat, BidResponse response, Bid bid) {
        Map<Macro, String> values = new EnumMap<>(Macro.class);
        values.put(Macro.AUCTION_ID, requestId);
        put(values, Macro.AUCTION_BID_ID, response.bidid());
        put(values, Macro.AUCTION_IMP_ID, bid.impid());
        put(values, Macro.AUCTION_SEAT_ID, seat.orElse(null));
        put(values, Macro.AUCTION_AD_ID, bid.adid());
        values.put(Macro.AUCTION_CURRENCY, response.cur() == null ? USUAL_CURRENCY : response.cur());
        return values;
    }

    private static void put(Map<Macro, String> values, Macro macro, @Nullable String value) {
        if (value != null) {
            values.put(macro, value);
        }
    }

    private static String decimal(Cpm price) {
        return BigDecimal.valueOf(price.micros(), 6).stripTrailingZeros().toPlainString();
    }

    private static String ratio(Cpm paid, Cpm bid) {
        return bid.micros() == 0
                ? "1"
                : BigDecimal.valueOf(paid.micros())
                        .divide(BigDecimal.valueOf(bid.micros()), RATIO_DIGITS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
