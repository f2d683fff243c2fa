package millrace.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import millrace.catalog.Supply;
import millrace.delivery.Material;
import millrace.schemas.Creative;
import millrace.session.SessionContext;

/** Ads that nobody has to be asked for. */
final class OwnAds {
    private OwnAds() {}

    /** A campaign's creatives, beginning at one that the request's own number chooses, so that they share its traffic. */
    static List<Material> inTurn(Supply.Own supply, SessionContext context, Function<Creative, Material> made) {
        List<Material> ads = new ArrayList<>();
        supply.creatives().forEach(creative -> ads.add(made.apply(creative)));
        Collections.rotate(ads, -Math.floorMod(context.correlator().hashCode(), ads.size()));
        return ads;
    }
}
