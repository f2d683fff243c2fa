package millrace.upstream.openrtb.auction;

/**
 * A bid that may not win.
 *
 * @param words what of the bid met what of the request
 */
public record Refusal(LossReason reason, String words) {}
