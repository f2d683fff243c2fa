package millrace.upstream.openrtb.auction;

/** Why a bid did not win, in the numbers of OpenRTB's list of loss reasons; from 500 on our own, which bidders are told of. */
public enum LossReason {
    WON(0, "bid won"),
    INTERNAL_ERROR(1, "internal error"),
    EXPIRED(2, "impression opportunity expired"),
    INVALID_RESPONSE(3, "invalid bid response"),
    INVALID_DEAL(4, "invalid deal id"),
    INVALID_AUCTION_ID(5, "invalid auction id"),
    INVALID_ADVERTISER_DOMAIN(6, "invalid advertiser domain"),
    MISSING_MARKUP(7, "missing markup"),
    MISSING_CREATIVE_ID(8, "missing creative id"),
    MISSING_PRICE(9, "missing bid price"),
    MISSING_APPROVAL_FACTS(10, "missing minimum creative approval data"),
    BELOW_FLOOR(100, "bid was below auction floor"),
    BELOW_DEAL_FLOOR(101, "bid was below deal floor"),
    LOST_TO_HIGHER_BID(102, "lost to higher bid"),
    LOST_TO_DEAL(103, "lost to a bid for a deal"),
    SEAT_BLOCKED(104, "buyer seat blocked"),
    CREATIVE_FILTERED(200, "creative filtered"),
    SIZE_NOT_ALLOWED(203, "size not allowed"),
    WRONG_FORMAT(204, "incorrect creative format"),
    ADVERTISER_EXCLUDED(205, "advertiser exclusions"),
    NOT_SECURE(207, "not secure"),
    LANGUAGE_EXCLUDED(208, "language exclusions"),
    CATEGORY_EXCLUDED(209, "category exclusions"),
    ATTRIBUTE_EXCLUDED(210, "creative attribute exclusions"),
    AD_TYPE_EXCLUDED(211, "ad type exclusions"),
    NOT_ALLOWED_IN_DEAL(213, "not allowed in deal"),
    BUNDLE_EXCLUDED(215, "app bundle exclusions"),
    FREQUENCY_CAP(500, "frequency cap reached"),
    BUDGET_EXHAUSTED(501, "budget exhausted"),
    NO_RATE(502, "no currency rate");

    private final int code;
    private final String words;

    LossReason(int code, String words) {
        this.code = code;
        this.words = words;
    }

    public int code() {
        return code;
    }

    public String words() {
        return words;
    }
}
