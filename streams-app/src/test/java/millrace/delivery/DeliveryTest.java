package millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.money.BudgetDay;
import millrace.money.Money;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.RoomTime;
import millrace.schemas.ServedAd;
import millrace.schemas.SlotAnswer;
import millrace.schemas.Tracker;
import millrace.upstream.ResolvedAd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTest {
    private static final Media FILE = Media.newBuilder()
            .setUrl("https://cdn.example/ad.mp4")
            .setMime("video/mp4")
            .build();
    private static final Tracker TRACKER = Tracker.newBuilder()
            .setEvent("impression")
            .setUrl("https://track.example/i")
            .build();

    private final Delivery delivery = new Delivery(DeliverySettings.DEFAULTS, Documents.DEFAULTS);
    private final Issued issued = new Issued(new Token(1, 255, Samples.NOW.plusSeconds(600)), "token");

    private static Material resolved(Optional<String> advertiser) {
        return Material.of(
                new ResolvedAd(
                        "creative",
                        0,
                        advertiser,
                        Optional.of("ad-1"),
                        Optional.of("title"),
                        Optional.of(Duration.ofSeconds(15)),
                        Optional.of("<VAST/>"),
                        Optional.empty(),
                        List.of(FILE),
                        Optional.of("https://shop.example"),
                        List.of(TRACKER),
                        List.of(),
                        ResolvedAd.Unserved.NOBODY),
                "upstream");
    }

    private Reservation reserve(Material material, boolean test) {
        return delivery.reservation(
                Samples.context(),
                Samples.slot(),
                Samples.placement(Optional.empty()),
                Sale.to(Samples.campaign()),
                BudgetDay.NONE,
                material,
                test,
                Samples.NOW);
    }

    @Test
    void aCpmOfTwoFiftyCostsAQuarterOfACent() {
        // When
        Reservation reservation = reserve(resolved(Optional.empty()), false);
        Ad ad = delivery.ad(
                reservation,
                resolved(Optional.empty()),
                issued,
                AdRequest.newBuilder().setId("request").setPlacement("preroll").build(),
                Samples.slot(),
                Optional.empty(),
                Optional.empty());

        // Then: 2.50 per thousand is 0.0025 each, which is 2,500,000 nanos
        assertThat(reservation.cost()).isEqualTo(new Money(2_500_000));
        assertThat(ad.getPriceCpmMicros()).isEqualTo(2_500_000);
        assertThat(ad.getCostNanos()).isEqualTo(2_500_000);
        assertThat(ad.getCurrency()).isEqualTo("USD");
    }

    @Test
    void anAdCarriesWhatTheUpstreamGave() {
        // When
        Material material = resolved(Optional.of("brand.example"));
        Ad ad = delivery.ad(
                reserve(material, false),
                material,
                issued,
                AdRequest.newBuilder().setId("request").setPlacement("preroll").build(),
                Samples.slot(),
                Optional.empty(),
                Optional.empty());

        // Then
        assertThat(ad.getToken()).isEqualTo("token");
        assertThat(ad.getCampaign()).isEqualTo("c1");
        assertThat(ad.getAdvertiser()).isEqualTo("brand.example");
        assertThat(ad.getUpstream()).isEqualTo("upstream");
        assertThat(ad.getDurationMillis()).isEqualTo(15_000);
        assertThat(ad.getMarkup()).isEqualTo("<VAST/>");
        assertThat(ad.getMedia()).containsExactly(FILE);
        assertThat(ad.getTrackers()).containsExactly(TRACKER);
        assertThat(ad.getHouse()).isFalse();
        assertThat(ad.getExpiresAt())
                .isEqualTo(Samples.NOW.plus(Duration.ofMinutes(10)).toEpochMilli());
    }

    @Test
    void theCampaignsAdvertiserStandsInWhereTheUpstreamNamesNone() {
        assertThat(reserve(resolved(Optional.empty()), false).advertiser()).contains("shoes.example");
    }

    @Test
    void aTestAdShowsItsPriceButReservesNothing() {
        // When
        Reservation reservation = reserve(resolved(Optional.empty()), true);

        // Then
        assertThat(reservation.cost()).isEqualTo(Money.ZERO);
        assertThat(reservation.isFree()).isTrue();
        assertThat(delivery.ad(
                                reservation,
                                resolved(Optional.empty()),
                                issued,
                                AdRequest.newBuilder()
                                        .setId("request")
                                        .setPlacement("preroll")
                                        .build(),
                                Samples.slot(),
                                Optional.empty(),
                                Optional.empty())
                        .getCostNanos())
                .isEqualTo(2_500_000);
    }

    @Test
    void aHouseAdIsFreeAndOfNoCampaign() {
        // Given
        Material house = Material.of(Creative.newBuilder()
                .setId("house")
                .setDurationMillis(5_000)
                .setMarkup("<VAST/>")
                .build());

        // When
        Reservation reservation = delivery.house(
                Samples.context(), Samples.slot(), Samples.placement(Optional.empty()), house, false, Samples.NOW);
        Ad ad = delivery.ad(
                reservation,
                house,
                issued,
                AdRequest.newBuilder().setId("request").setPlacement("preroll").build(),
                Samples.slot(),
                Optional.empty(),
                Optional.empty());

        // Then
        assertThat(ad.getHouse()).isTrue();
        assertThat(ad.getCampaign()).isNull();
        assertThat(ad.getUpstream()).isNull();
        assertThat(ad.getCostNanos()).isZero();
        assertThat(ad.getCurrency()).isEqualTo("EUR");
        assertThat(reservation.isFree()).isTrue();
    }

    @Test
    void aServedAdTellsTheSessionsFacts() {
        // When
        Reservation reservation = reserve(resolved(Optional.empty()), false);
        ServedAd served = delivery.servedAd(reservation, issued, Samples.context(), Optional.of("DE"));

        // Then
        assertThat(served.getId()).isEqualTo("00000000000000ff");
        assertThat(served.getUserKey()).isEqualTo("user");
        assertThat(served.getSessionId()).isEqualTo("session");
        assertThat(served.getCountry()).isEqualTo("DE");
        assertThat(served.getContext())
                .containsEntry("app_version", "7")
                .containsEntry("correlator", "correlator")
                .containsEntry("cachebusting", "12345678");
        assertThat(served.getServedAt()).isEqualTo(Samples.NOW.toEpochMilli());
    }

    @ParameterizedTest(name = "placement {0} s, imp.exp {1} s: {2} s")
    @CsvSource({"60, 30, 30", "60, 90, 60", "60, 0, 60", "60, -5, 60", "0, 900, 600", "0, 1, 1"})
    void theShorterOfPlacementAndRequestHolds(long placementSeconds, int askedSeconds, long seconds) {
        // Given
        Optional<Duration> ttl =
                Optional.of(Duration.ofSeconds(placementSeconds)).filter(Duration::isPositive);

        // When
        Reservation reservation = delivery.reservation(
                Samples.context(),
                Samples.slot(askedSeconds),
                Samples.placement(ttl),
                Sale.free("USD"),
                BudgetDay.NONE,
                resolved(Optional.empty()),
                false,
                Samples.NOW);

        // Then
        assertThat(reservation.expiresAt()).isEqualTo(Samples.NOW.plusSeconds(seconds));
        assertThat(reservation.cost()).isEqualTo(Money.ZERO);
    }

    @Test
    void answersSayWhatWasFilledAndWhyNot() {
        // Given
        Material material = resolved(Optional.empty());
        Ad ad = delivery.ad(
                reserve(material, false),
                material,
                issued,
                AdRequest.newBuilder().setId("request").setPlacement("preroll").build(),
                Samples.slot(),
                Optional.empty(),
                Optional.empty());
        AdRequest request =
                AdRequest.newBuilder().setId("r1").setPlacement("preroll").build();

        // When
        SlotAnswer filled = Answers.filled("a", List.of(ad));
        SlotAnswer empty = Answers.empty("b", NoFillReason.CAPPED);
        AdResponse answer = Answers.decided(
                request,
                "session",
                List.of(filled, empty),
                Samples.NOW,
                42,
                List.of(new RoomTime("caps", 7L)),
                Optional.empty());

        // Then
        assertThat(answer.getSlots())
                .extracting(SlotAnswer::getOutcome)
                .containsExactly(Outcome.FILLED, Outcome.NO_FILL);
        assertThat(answer.getSlots().get(1).getReason()).isEqualTo(NoFillReason.CAPPED);
        assertThat(answer.getSlots().get(0).getReason()).isNull();
        assertThat(answer.getTookMicros()).isEqualTo(42);
        assertThat(answer.getRooms()).hasSize(1);
        assertThat(answer.getError()).isNull();
    }

    @Test
    void aRefusedRequestSaysWhy() {
        // Given
        AdRequest request = AdRequest.newBuilder()
                .setId("r1")
                .setPlacement("nowhere")
                .setSlots(List.of(Samples.slot()))
                .build();

        // When
        AdResponse answer = Answers.refused(
                request, NoFillReason.UNKNOWN_PLACEMENT, "unknown_placement", "no such", Samples.NOW, 1);

        // Then
        assertThat(answer.getError().getCode()).isEqualTo("unknown_placement");
        assertThat(answer.getSlots())
                .singleElement()
                .extracting(SlotAnswer::getReason)
                .isEqualTo(NoFillReason.UNKNOWN_PLACEMENT);
    }

    @Test
    void aFilledSlotNeedsAnAd() {
        assertThatThrownBy(() -> Answers.filled("a", List.of())).hasMessageContaining("at least one");
    }

    @Test
    void impossibleReservationsAreRefused() {
        assertThatThrownBy(() -> Samples.reservation(Samples.NOW, Duration.ofSeconds(-1)))
                .hasMessageContaining("expiry");
        assertThatThrownBy(() -> new DeliverySettings(Duration.ofMillis(999), Duration.ZERO))
                .hasMessageContaining("delivery.reservation.ttl");
        assertThatThrownBy(() -> new DeliverySettings(Duration.ofMinutes(1), Duration.ofDays(8)))
                .hasMessageContaining("delivery.late.window");
    }
}
