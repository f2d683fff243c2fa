package millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import millrace.money.Cpm;
import millrace.schemas.SelectorKind;
import millrace.schemas.SlotKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveCatalogTest {
    private final LiveCatalog catalog = new LiveCatalog();

    @Test
    void emptyCatalogHasNothing() {
        assertThat(catalog.placement("p")).isEmpty();
        assertThat(catalog.campaign("c")).isEmpty();
        assertThat(catalog.upstream("u")).isEmpty();
        assertThat(catalog.campaignsFor("p")).isEmpty();
    }

    @Test
    void placementsComeChangeAndGo() {
        catalog.placements().put(placement("p", SlotKind.VIDEO));
        catalog.placements().put(placement("p", SlotKind.AUDIO));
        assertThat(catalog.placement("p")).map(Placement::kind).contains(SlotKind.AUDIO);

        catalog.placements().remove("p");
        assertThat(catalog.placement("p")).isEmpty();

        catalog.placements().replaceAll(List.of(placement("q", SlotKind.VIDEO)));
        assertThat(catalog.placement("q")).isPresent();
    }

    @Test
    void campaignsAreAskedByPriorityThenPriceThenId() {
        catalog.campaigns().put(campaign("b", 0, 5, Set.of()));
        catalog.campaigns().put(campaign("a", 0, 5, Set.of("p")));
        catalog.campaigns().put(campaign("dear", 0, 9, Set.of()));
        catalog.campaigns().put(campaign("first", 1, 1, Set.of("p")));
        catalog.campaigns().put(campaign("elsewhere", 5, 9, Set.of("q")));

        assertThat(catalog.campaignsFor("p")).extracting(Campaign::id).containsExactly("first", "dear", "a", "b");
        assertThat(catalog.campaignsFor("unheard-of")).extracting(Campaign::id).containsExactly("dear", "b");
    }

    @Test
    void campaignThatGoesIsAskedNoMore() {
        catalog.campaigns().put(campaign("a", 0, 5, Set.of("p")));
        catalog.campaigns().remove("a");
        catalog.campaigns().remove("never-was");

        assertThat(catalog.campaign("a")).isEmpty();
        assertThat(catalog.campaignsFor("p")).isEmpty();
    }

    @Test
    void listThatAReaderHoldsNeverChanges() {
        catalog.campaigns().put(campaign("a", 0, 5, Set.of()));
        List<Campaign> held = catalog.campaignsFor("p");

        catalog.campaigns().put(campaign("b", 9, 5, Set.of()));

        assertThat(held).extracting(Campaign::id).containsExactly("a");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterAnyChangesTheOrderIsThatOfSortingWhatStands(long seed) {
        RandomGenerator random = new Random(seed);
        Map<String, Campaign> standing = new HashMap<>();
        for (int step = 0; step < 400; step++) {
            String id = "c" + random.nextInt(40);
            if (random.nextInt(4) == 0) {
                standing.remove(id);
                catalog.campaigns().remove(id);
            } else {
                Campaign campaign = campaign(id, random.nextInt(3), random.nextInt(3), someOf(random));
                standing.put(id, campaign);
                catalog.campaigns().put(campaign);
            }
            String placement = "p" + random.nextInt(5);

            assertThat(catalog.campaignsFor(placement)).isEqualTo(sorted(standing, placement));
        }
        LiveCatalog rebuilt = new LiveCatalog();
        rebuilt.campaigns().replaceAll(standing.values());
        assertThat(IntStream.range(0, 5).mapToObj(i -> rebuilt.campaignsFor("p" + i)))
                .isEqualTo(IntStream.range(0, 5)
                        .mapToObj(i -> catalog.campaignsFor("p" + i))
                        .toList());
    }

    private static List<Campaign> sorted(Map<String, Campaign> standing, String placement) {
        List<Campaign> wanted = new ArrayList<>(standing.values());
        wanted.removeIf(campaign ->
                !campaign.placements().isEmpty() && !campaign.placements().contains(placement));
        wanted.sort((a, b) -> {
            if (a.priority() != b.priority()) {
                return Integer.compare(b.priority(), a.priority());
            }
            int price = b.price().compareTo(a.price());
            return price != 0 ? price : a.id().compareTo(b.id());
        });
        return wanted;
    }

    private static Set<String> someOf(RandomGenerator random) {
        Set<String> placements = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            placements.add("p" + random.nextInt(4));
        }
        return placements;
    }

    static Campaign campaign(String id, int priority, long micros, Set<String> placements) {
        return new Campaign(
                id,
                "acme.example",
                true,
                priority,
                Optional.empty(),
                Optional.empty(),
                "EUR",
                new Cpm(micros),
                Budget.UNLIMITED,
                List.of(),
                placements,
                Set.of(),
                Set.of(),
                new Supply.Pooled(List.of("alpha"), SelectorKind.ROUND_ROBIN));
    }

    private static Placement placement(String id, SlotKind kind) {
        return new Placement(
                id,
                kind,
                "EUR",
                Cpm.FREE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
