package millrace.caps;

import millrace.schemas.CapScope;

/**
 * The ad that a cap is asked about. An id that is not known, or that there is none of, is empty; rules of its scope then
 * say nothing. Ids over 256 bytes are replaced by their hash.
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

    /** The id that a scope counts; all ads of a user have the same, which is empty. */
    String id(CapScope scope) {
        return switch (scope) {
            case CAMPAIGN -> campaign;
            case CREATIVE -> creative;
            case ADVERTISER -> advertiser;
            case PLACEMENT -> placement;
            case UPSTREAM -> upstream;
            case USER -> "";
        };
    }

    /** Whether rules of this scope say something about it. */
    public boolean isKnown(CapScope scope) {
        return scope == CapScope.USER || !id(scope).isEmpty();
    }

    /** Whether both count as one for a scope; ask only where this one's id is known. */
    boolean isSame(CapScope scope, CapSubject other) {
        return id(scope).equals(other.id(scope));
    }
}
