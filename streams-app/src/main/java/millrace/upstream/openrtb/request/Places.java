package millrace.upstream.openrtb.request;

import java.math.BigDecimal;
import java.math.RoundingMode;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.Geo;
import org.jspecify.annotations.Nullable;

/** Where somebody is (OpenRTB 2.6, 3.2.19), no more exactly than may be told. */
final class Places {
    private static final Shape<Geo> GEO = Shape.of(Geo.class);
    /** About a kilometre. */
    private static final int ROUGH_DIGITS = 2;

    private Places() {}

    static @Nullable Geo of(millrace.schemas.@Nullable Geo geo, Privacy privacy) {
        if (geo == null) {
            return null;
        }
        Geo whole = GEO.draft()
                .set("lat", Written.decimal(geo.getLat()))
                .set("lon", Written.decimal(geo.getLon()))
                .set("type", geo.getType())
                .set("accuracy", geo.getAccuracy())
                .set("lastfix", geo.getLastFix())
                .set("country", Countries.alpha3(geo.getCountry()))
                .set("region", geo.getRegion())
                .set("metro", geo.getMetro())
                .set("city", geo.getCity())
                .set("zip", geo.getZip())
                .set("utcoffset", geo.getUtcOffset())
                .make();
        return rough(whole, privacy);
    }

    static @Nullable Geo rough(@Nullable Geo geo, Privacy privacy) {
        if (geo == null || privacy.mayLocate()) {
            return geo;
        }
        return GEO.draft(geo)
                .set("lat", privacy.child() ? null : rough(geo.lat()))
                .set("lon", privacy.child() ? null : rough(geo.lon()))
                .set("accuracy", null)
                .set("lastfix", null)
                .set("zip", privacy.child() ? null : geo.zip())
                .make();
    }

    private static @Nullable BigDecimal rough(@Nullable BigDecimal degrees) {
        return degrees == null || degrees.scale() <= ROUGH_DIGITS
                ? degrees
                : degrees.setScale(ROUGH_DIGITS, RoundingMode.HALF_EVEN);
    }
}
