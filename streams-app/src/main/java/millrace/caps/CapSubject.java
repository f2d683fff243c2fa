package millrace.caps;

import millrace.schemas.CapScope;

/**
 * The ad that a cap is asked about. An id that is not known, or that there is none of, is empty; rules of its scope then
 * say nothing.
 */
public record CapSubject(String campaign, String creative, String advertiser, String placement, String upstream) {

    public CapSubject {
        campaign = BoundedId.of(campaign);
        creative = BoundedId.of(creative);
        advertiser = BoundedId.of(advertiser);
        placement = BoundedId.of(placement);
        upstream = BoundedId.of(upstream);
    }

    /** What is known of a campaign's ad before anybody was asked for one. */
    public static CapSubject beforeTheAnswer(String campaign, String advertiser, String placement) {
        return new CapSubject(campaign, "", advertiser, placement, "");
    }

    boolean isKnown(CapScope scope) {
        return switch (scope) {
            case CAMPAIGN -> !campaign.isEmpty();
            case CREATIVE -> !creative.isEmpty();
            case ADVERTISER -> !advertiser.isEmpty();
            case PLACEMENT -> !placement.isEmpty();
            case UPSTREAM -> !upstream.isEmpty();
            case USER -> true;
        };
    }
}
