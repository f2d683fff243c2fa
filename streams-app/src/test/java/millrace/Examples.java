package millrace;

import java.util.List;
import java.util.Optional;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.schemas.AdRequest;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Creative;
import millrace.schemas.Placement;
import millrace.schemas.Pool;
import millrace.schemas.Upstream;
import millrace.schemas.User;
import millrace.upstream.ResolvedAd;

/** Records that tests begin with. */
final class Examples {
    private Examples() {}

    static final long CPM_TWO_FIFTY = 2_500_000;

    static Placement placement(String id) {
        return Placement.newBuilder().setId(id).build();
    }

    static Upstream upstream(String id) {
        return Upstream.newBuilder()
                .setId(id)
                .setUrl("https://ads.example/" + id)
                .build();
    }

    /** A campaign with an ad of its own. */
    static Campaign.Builder own(String id) {
        return campaign(id).setCreatives(List.of(creative(id + "-creative")));
    }

    static Creative creative(String id) {
        return Creative.newBuilder()
                .setId(id)
                .setMarkup("<VAST version=\"4.2\"/>")
                .build();
    }

    /** A campaign whose ads come from upstreams. */
    static Campaign.Builder pooled(String id, String... upstreams) {
        return campaign(id)
                .setPool(Pool.newBuilder().setUpstreams(List.of(upstreams)).build());
    }

    private static Campaign.Builder campaign(String id) {
        return Campaign.newBuilder()
                .setId(id)
                .setAdvertiser(id + ".example")
                .setCurrency("USD")
                .setPriceCpmMicros(CPM_TWO_FIFTY);
    }

    static CapRule perHour(int limit) {
        return CapRule.newBuilder()
                .setScope(CapScope.CAMPAIGN)
                .setLimit(limit)
                .setWindow(CapWindow.ROLLING)
                .setWindowMillis(3_600_000)
                .build();
    }

    static AdRequest request(String id, String user) {
        return AdRequest.newBuilder()
                .setId(id)
                .setPlacement("preroll")
                .setUser(User.newBuilder().setId(user).build())
                .build();
    }

    static AdEvent impression(String token) {
        return AdEvent.newBuilder()
                .setToken(token)
                .setKind(AdEventKind.IMPRESSION)
                .build();
    }

    static ResolvedAd ad(String creative) {
        return new ResolvedAd(
                creative,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("<VAST version=\"4.2\"/>"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                ResolvedAd.Unserved.NOBODY);
    }
}
