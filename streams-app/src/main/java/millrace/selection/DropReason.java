package millrace.selection;

import millrace.schemas.NoFillReason;

/** Why a campaign cannot win a slot, in the order in which it is found out: the later, the closer it came to an ad. */
public enum DropReason {
    /** It is paused. */
    PAUSED(NoFillReason.NO_CANDIDATE),
    /** Its flight has not begun, or is over. */
    NOT_IN_FLIGHT(NoFillReason.NO_CANDIDATE),
    /** It wants another placement, country or device type, or one that the request does not tell. */
    TARGETING(NoFillReason.NO_CANDIDATE),
    /** The request blocks its advertiser. */
    BLOCKED_ADVERTISER(NoFillReason.NO_CANDIDATE),
    /** Its currency is not allowed, or is not the floor's. There are no exchange rates here. */
    CURRENCY(NoFillReason.NO_CANDIDATE),
    /** Its price is below the floor. */
    BELOW_FLOOR(NoFillReason.BELOW_FLOOR),
    /** Its budget is used up, or not due yet. */
    BUDGET(NoFillReason.BUDGET),
    /** A frequency cap is full. */
    CAPPED(NoFillReason.CAPPED);

    private final NoFillReason told;

    DropReason(NoFillReason told) {
        this.told = told;
    }

    /** How an answer tells it. */
    public NoFillReason told() {
        return told;
    }
}
