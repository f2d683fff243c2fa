package millrace.upstream.openrtb.notice;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The substitution macros of OpenRTB 2.6 (4.4), and where each has a value. */
public enum Macro {
    AUCTION_ID,
    AUCTION_BID_ID,
    AUCTION_IMP_ID,
    AUCTION_SEAT_ID,
    AUCTION_AD_ID,
    AUCTION_PRICE,
    AUCTION_CURRENCY,
    AUCTION_MBR,
    AUCTION_LOSS,
    AUCTION_MIN_TO_WIN,
    AUCTION_MULTIPLIER,
    AUCTION_IMP_TS,
    AUCTION_DISCOUNT_PCT,
    AUCTION_DISCOUNT_CPM;

    private static final Map<String, Macro> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Macro::name, macro -> macro));

    boolean hasValueIn(MacroPlace place) {
        return switch (this) {
            case AUCTION_LOSS -> place == MacroPlace.LURL;
            case AUCTION_MULTIPLIER -> place != MacroPlace.LURL;
            case AUCTION_IMP_TS -> place == MacroPlace.BURL;
            default -> true;
        };
    }

    static Optional<Macro> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
