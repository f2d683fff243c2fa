package millrace.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import millrace.catalog.Campaign;
import millrace.catalog.Placement;
import millrace.money.Cpm;
import millrace.schemas.AdRequest;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.NoFillReason;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.session.Requests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final AdRequest REQUEST = Requests.request("r1")
            .setDevice(Device.newBuilder()
                    .setGeo(Geo.newBuilder().setCountry("DEU").build())
                    .setDeviceType(3)
                    .build())
            .build();

    private final Campaigns catalog = new Campaigns();

    @Test
    void higherPriorityIsAskedBeforeHigherPrice() {
        catalog.add(
                Campaigns.priced("cheap", 1, "USD", 1),
                Campaigns.priced("dear", 0, "USD", 9),
                Campaigns.priced("dearer", 0, "USD", 10),
                Campaigns.priced("last", -5, "USD", 99));

        assertThat(ids(shortlist(REQUEST))).containsExactly("cheap", "dearer", "dear", "last");
    }

    @Test
    void currencyThatTheRequestNamesFirstComesBeforePrice() {
        catalog.add(Campaigns.priced("yen", 0, "JPY", 900_000_000), Campaigns.priced("euro", 0, "EUR", 5_000_000));

        AdRequest request =
                Requests.request("r1").setCurrencies(List.of("eur", "JPY")).build();

        assertThat(ids(shortlist(request))).containsExactly("euro", "yen");
    }

    @Test
    void equalsShareTheTrafficAndReplayTheSame() {
        catalog.add(Campaigns.of("a"), Campaigns.of("b"), Campaigns.of("c"), Campaigns.of("d"));
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            AdRequest request = Requests.request("r" + i).build();
            List<String> ranked = ids(shortlist(request));
            assertThat(ids(shortlist(request))).isEqualTo(ranked);
            first.merge(ranked.getFirst(), 1, Integer::sum);
        }

        double chiSquare = first.values().stream()
                .mapToDouble(count -> (count - 1000.0) * (count - 1000.0) / 1000.0)
                .sum();
        assertThat(first).hasSize(4);
        assertThat(chiSquare).as("three degrees of freedom, p = 0.001").isLessThan(16.27);
    }

    @Test
    void slotsOfOneRequestDrawApart() {
        catalog.add(Campaigns.of("a"), Campaigns.of("b"));
        List<String> firsts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Slot slot = Slot.newBuilder().setId("s" + i).build();
            firsts.add(ids(shortlist(REQUEST, slot, placement("USD", 0), SelectionTest::all, SelectionTest::all))
                    .getFirst());
        }

        assertThat(firsts).contains("a", "b");
    }

    @Test
    void everyDroppedCampaignHasItsReason() {
        catalog.add(
                Campaigns.paused("paused"),
                Campaigns.flying("early", NOON.plusMillis(1), NOON.plusSeconds(9)),
                Campaigns.flying("over", NOON.minusSeconds(9), NOON),
                Campaigns.flying("flying", NOON, NOON.plusMillis(1)),
                Campaigns.targeting("elsewhere", Set.of("midroll"), Set.of(), Set.of()),
                Campaigns.targeting("abroad", Set.of(), Set.of("FR"), Set.of()),
                Campaigns.targeting("phones", Set.of(), Set.of(), Set.of(4)),
                Campaigns.targeting("here", Set.of("preroll"), Set.of("DE", "AT"), Set.of(3, 7)),
                Campaigns.priced("yen", 0, "JPY", 9),
                Campaigns.of("poor"),
                Campaigns.of("capped"));

        Shortlist shortlist = shortlist(
                REQUEST,
                slot(),
                placement("USD", 0),
                campaign -> !campaign.id().equals("poor"),
                campaign -> !campaign.id().equals("capped"));

        assertThat(ids(shortlist)).containsExactlyInAnyOrder("flying", "here");
        assertThat(reasons(shortlist))
                .isEqualTo(Map.of(
                        "paused", DropReason.PAUSED,
                        "early", DropReason.NOT_IN_FLIGHT,
                        "over", DropReason.NOT_IN_FLIGHT,
                        "elsewhere", DropReason.TARGETING,
                        "abroad", DropReason.TARGETING,
                        "phones", DropReason.TARGETING,
                        "yen", DropReason.CURRENCY,
                        "poor", DropReason.BUDGET,
                        "capped", DropReason.CAPPED));
    }

    @Test
    void targetedCampaignNeedsARequestThatTells() {
        catalog.add(
                Campaigns.targeting("country", Set.of(), Set.of("DE"), Set.of()),
                Campaigns.targeting("device", Set.of(), Set.of(), Set.of(3)),
                Campaigns.of("any"));

        assertThat(ids(shortlist(Requests.request("r1").build()))).containsExactly("any");
    }

    @ParameterizedTest
    @CsvSource({"DE", "DEU", "de", "' deu '"})
    void countryMayBeAlpha2OrAlpha3(String country) {
        catalog.add(Campaigns.targeting("c", Set.of(), Set.of("DE"), Set.of()));
        AdRequest request = Requests.request("r1")
                .setDevice(Device.newBuilder()
                        .setGeo(Geo.newBuilder().setCountry(country).build())
                        .build())
                .build();

        assertThat(ids(shortlist(request))).containsExactly("c");
    }

    @ParameterizedTest(name = "{0} blocked, advertiser {1}: {2}")
    @CsvSource({
        "shop.example, shop.example, true",
        "shop.example, a.shop.example, true",
        "shop.example, a.b.shop.example, true",
        "SHOP.example., Shop.Example, true",
        "shop.example, ashop.example, false",
        "shop.example, example, false",
        "a.shop.example, shop.example, false",
        "'', shop.example, false",
        "acme, acme, true",
    })
    void blockedDomainBlocksItsSubdomains(String blocked, String advertiser, boolean dropped) {
        catalog.add(Campaigns.advertisedBy("c", advertiser));
        AdRequest request = Requests.request("r1")
                .setBlockedAdvertisers(List.of("x.example", blocked))
                .build();

        assertThat(reasons(shortlist(request)))
                .isEqualTo(dropped ? Map.of("c", DropReason.BLOCKED_ADVERTISER) : Map.of());
    }

    @ParameterizedTest(name = "slot {0} {1}, request {2} in {3}, placement {4} USD, price {5}")
    @CsvSource({
        // the nearest floor counts
        " 2000000,    , 9000000, USD, 9000000, , ''",
        " 2000001,    ,       1, USD,       1, BELOW_FLOOR, BELOW_FLOOR",
        "        ,    , 2000001, USD,       1, BELOW_FLOOR, BELOW_FLOOR",
        "        ,    , 2000000, USD, 9000000, , ''",
        "        ,    ,        ,    , 2000001, BELOW_FLOOR, BELOW_FLOOR",
        "        ,    ,        ,    , 2000000, , ''",
        // a floor in another currency cannot be met, unless it is nothing
        "       1, EUR,        , USD,       0, CURRENCY, NO_CANDIDATE",
        "       0, EUR,        , USD,       0, , ''",
        "       1, usd,        , EUR USD,   0, , ''",
        "       1,    ,        , EUR USD,   0, CURRENCY, NO_CANDIDATE",
        "        ,    ,       1, EUR USD,   0, CURRENCY, NO_CANDIDATE",
        "        ,    ,        , EUR,       0, CURRENCY, NO_CANDIDATE",
        "      -5,    ,        ,    ,       0, , ''",
    })
    void priceIsHeldAgainstTheNearestFloor(
            @Nullable Long slotFloor,
            @Nullable String slotCurrency,
            @Nullable Long requestFloor,
            @Nullable String currencies,
            long placementFloor,
            @Nullable DropReason reason,
            String told) {
        catalog.add(Campaigns.of("c"));
        AdRequest request = Requests.request("r1")
                .setFloorCpmMicros(requestFloor)
                .setCurrencies(currencies == null ? List.of() : List.of(currencies.split(" ")))
                .build();
        Slot slot = Slot.newBuilder()
                .setId("s1")
                .setFloorCpmMicros(slotFloor)
                .setFloorCurrency(slotCurrency)
                .build();

        Shortlist shortlist =
                shortlist(request, slot, placement("USD", placementFloor), SelectionTest::all, SelectionTest::all);

        assertThat(reasons(shortlist)).isEqualTo(reason == null ? Map.of() : Map.of("c", reason));
        if (!told.isEmpty()) {
            assertThat(shortlist.noFillReason()).isEqualTo(NoFillReason.valueOf(told));
        }
    }

    @Test
    void capsAreAskedOnlyAboutWhatIsLeft() {
        catalog.add(Campaigns.paused("paused"), Campaigns.of("poor"), Campaigns.of("good"));
        List<String> asked = new ArrayList<>();

        shortlist(
                REQUEST, slot(), placement("USD", 0), campaign -> !campaign.id().equals("poor"), campaign -> {
                    asked.add(campaign.id());
                    return true;
                });

        assertThat(asked).containsExactly("good");
    }

    @Test
    void reasonOfTheCampaignThatCameClosestIsTold() {
        Campaign campaign = Campaigns.of("c");
        List<Dropped> all = new ArrayList<>();
        assertThat(new Shortlist(List.of(), all).noFillReason()).isEqualTo(NoFillReason.NO_CANDIDATE);

        all.add(new Dropped(campaign, DropReason.CURRENCY));
        assertThat(new Shortlist(List.of(), all).noFillReason()).isEqualTo(NoFillReason.NO_CANDIDATE);
        all.add(new Dropped(campaign, DropReason.BELOW_FLOOR));
        assertThat(new Shortlist(List.of(), all).noFillReason()).isEqualTo(NoFillReason.BELOW_FLOOR);
        all.addFirst(new Dropped(campaign, DropReason.BUDGET));
        assertThat(new Shortlist(List.of(), all).noFillReason()).isEqualTo(NoFillReason.BUDGET);
        all.addFirst(new Dropped(campaign, DropReason.CAPPED));
        all.add(new Dropped(campaign, DropReason.PAUSED));
        assertThat(new Shortlist(List.of(), all).noFillReason()).isEqualTo(NoFillReason.CAPPED);
    }

    private Shortlist shortlist(AdRequest request) {
        return shortlist(request, slot(), placement("USD", 0), SelectionTest::all, SelectionTest::all);
    }

    private Shortlist shortlist(
            AdRequest request,
            Slot slot,
            Placement placement,
            Predicate<Campaign> funded,
            Predicate<Campaign> uncapped) {
        return new Selection(catalog).shortlist(request, slot, placement, NOON, funded, uncapped);
    }

    private static List<String> ids(Shortlist shortlist) {
        return shortlist.candidates().stream()
                .map(candidate -> candidate.campaign().id())
                .toList();
    }

    private static Map<String, DropReason> reasons(Shortlist shortlist) {
        Map<String, DropReason> reasons = new HashMap<>();
        shortlist.dropped().forEach(dropped -> reasons.put(dropped.campaign().id(), dropped.reason()));
        return reasons;
    }

    private static boolean all(Campaign campaign) {
        return true;
    }

    private static Slot slot() {
        return Slot.newBuilder().setId("s1").build();
    }

    private static Placement placement(String currency, long floor) {
        return new Placement(
                "preroll",
                SlotKind.VIDEO,
                currency,
                new Cpm(floor),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
