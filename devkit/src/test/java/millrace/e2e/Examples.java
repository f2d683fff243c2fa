package millrace.e2e;

import java.time.Duration;
import java.util.List;
import millrace.schemas.AdRequest;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Placement;
import millrace.schemas.Pool;
import millrace.schemas.Targeting;
import millrace.schemas.User;

/** Requests and catalog records that differ only in what a test is about. */
final class Examples {
    /** Of every campaign: 10.00 EUR per thousand, a cent an ad. */
    static final long PRICE_CPM_MICROS = 10_000_000;

    static final long COST_NANOS = PRICE_CPM_MICROS;
    private static final int DEADLINE_MILLIS = 20_000;

    private Examples() {}

    /** With a new id, and time enough for a busy machine. */
    static AdRequest.Builder request(String user, String placement) {
        return AdRequest.newBuilder()
                .setId("request-" + World.number())
                .setPlacement(placement)
                .setUser(User.newBuilder().setId(user).build())
                .setDeadlineMillis(DEADLINE_MILLIS);
    }

    static Placement.Builder placement(String id) {
        return Placement.newBuilder().setId(id).setCurrency("EUR");
    }

    /** Aims at one placement; has no ads yet. */
    static Campaign.Builder campaign(String id, String placement) {
        return Campaign.newBuilder()
                .setId(id)
                .setAdvertiser(id + ".example")
                .setCurrency("EUR")
                .setPriceCpmMicros(PRICE_CPM_MICROS)
                .setTargeting(
                        Targeting.newBuilder().setPlacements(List.of(placement)).build());
    }

    /** Serves an ad of its own, without asking anybody. */
    static Campaign.Builder ownCampaign(String id, String placement) {
        return campaign(id, placement).setCreatives(List.of(creative(id + "-film")));
    }

    static Campaign.Builder pooledCampaign(String id, String placement, String... upstreams) {
        return campaign(id, placement)
                .setPool(Pool.newBuilder().setUpstreams(List.of(upstreams)).build());
    }

    static Creative creative(String id) {
        return Creative.newBuilder()
                .setId(id)
                .setTitle("Film " + id)
                .setDurationMillis(15_000)
                .setMedia(List.of(Media.newBuilder()
                        .setUrl("https://media.example/" + id + ".mp4")
                        .setMime("video/mp4")
                        .setWidth(1280)
                        .setHeight(720)
                        .build()))
                .build();
    }

    /** At most so many ads of the scope in any hour. */
    static List<CapRule> hourly(CapScope scope, int limit) {
        return List.of(CapRule.newBuilder()
                .setScope(scope)
                .setLimit(limit)
                .setWindow(CapWindow.ROLLING)
                .setWindowMillis(Duration.ofHours(1).toMillis())
                .build());
    }

    /** Money for exactly so many ads. */
    static long budgetFor(int ads) {
        return ads * COST_NANOS;
    }
}
