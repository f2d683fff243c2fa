package millrace.caps;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import millrace.schemas.CapScope;

/**
 * One ad that was promised or shown to a user. Ids that there are none of are empty; ids over 256 bytes are replaced by
 * their hash, here and in {@link CapSubject} alike.
 *
 * @param at when it was decided, from 1970 on; cut to the millisecond
 * @param reservation id of its reservation; two exposures with the same are the same
 */
public record Exposure(
        Instant at,
        String campaign,
        String creative,
        String advertiser,
        String placement,
        String upstream,
        long reservation,
        State state) {

    /** How far it has come. Both count the same; only a reserved one can be given back. */
    public enum State {
        RESERVED,
        SHOWN
    }

    public Exposure {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        if (at.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("exposure at " + at + "; it must not be before 1970");
        }
        campaign = BoundedId.of(campaign);
        creative = BoundedId.of(creative);
        advertiser = BoundedId.of(advertiser);
        placement = BoundedId.of(placement);
        upstream = BoundedId.of(upstream);
    }

    /** A promise of an ad of this subject. */
    public static Exposure reserved(Instant at, CapSubject subject, long reservation) {
        return new Exposure(
                at,
                subject.campaign(),
                subject.creative(),
                subject.advertiser(),
                subject.placement(),
                subject.upstream(),
                reservation,
                State.RESERVED);
    }

    Exposure shown() {
        return state == State.SHOWN
                ? this
                : new Exposure(at, campaign, creative, advertiser, placement, upstream, reservation, State.SHOWN);
    }

    long millis() {
        return at.toEpochMilli();
    }

    boolean concerns(CapScope scope, CapSubject subject) {
        return switch (scope) {
            case CAMPAIGN -> campaign.equals(subject.campaign());
            case CREATIVE -> creative.equals(subject.creative());
            case ADVERTISER -> advertiser.equals(subject.advertiser());
            case PLACEMENT -> placement.equals(subject.placement());
            case UPSTREAM -> upstream.equals(subject.upstream());
            case USER -> true;
        };
    }
}
