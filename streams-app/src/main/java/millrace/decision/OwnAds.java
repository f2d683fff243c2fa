package millrace.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import millrace.catalog.Supply;
import millrace.schemas.Creative;
import millrace.session.SessionContext;
import millrace.upstream.ResolvedAd;

/** Ads that nobody has to be asked for. */
final class OwnAds {
    private OwnAds() {}

    /** A campaign's creatives, beginning at one that the request's own number chooses, so that they share its traffic. */
    static List<ResolvedAd> inTurn(Supply.Own supply, SessionContext context) {
        List<ResolvedAd> ads = new ArrayList<>();
        supply.creatives().forEach(creative -> ads.add(ad(creative)));
        Collections.rotate(ads, -Math.floorMod(context.correlator().hashCode(), ads.size()));
        return ads;
    }

    static ResolvedAd ad(Creative creative) {
        return new ResolvedAd(
                creative.getId(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(creative.getTitle()),
                creative.getDurationMillis() > 0
                        ? Optional.of(Duration.ofMillis(creative.getDurationMillis()))
                        : Optional.empty(),
                Optional.ofNullable(creative.getMarkup()),
                creative.getMedia(),
                Optional.ofNullable(creative.getClickThrough()),
                creative.getTrackers(),
                List.of());
    }
}
