package millrace.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.money.Cpm;
import millrace.schemas.Pod;
import millrace.schemas.PodSeparation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakTest {
    private static final Cpm PRICE = new Cpm(2_500_000);

    private static Pod.Builder pod(int ads, int millis) {
        return Pod.newBuilder().setMaxAds(ads).setTotalMillis(millis);
    }

    private static Break.Candidate ad(String creative, int millis) {
        return new Break.Candidate(creative, Optional.empty(), List.of(), Optional.of(millis), PRICE);
    }

    private static Break.Candidate of(String creative, String advertiser, String... categories) {
        return new Break.Candidate(creative, Optional.of(advertiser), List.of(categories), Optional.of(5_000), PRICE);
    }

    @Test
    void timeIsNeverRunOver() {
        Break room = new Break(pod(10, 40_000).build());
        room.take(ad("a", 30_000));

        assertThat(room.placeFor(ad("b", 15_000))).isEqualTo(Place.TAKEN);
        assertThat(room.placeFor(ad("c", 10_000))).isEqualTo(Place.FREE);
        room.take(ad("c", 10_000));
        assertThat(room.isFull()).isTrue();
        assertThatThrownBy(() -> room.take(ad("d", 1))).hasMessageContaining("TAKEN");
    }

    @Test
    void numberIsNeverRunOver() {
        Break room = new Break(pod(2, 1_000_000).build());
        room.take(ad("a", 1_000));
        room.take(ad("b", 1_000));

        assertThat(room.isFull()).isTrue();
        assertThat(room.placeFor(ad("c", 1_000))).isEqualTo(Place.TAKEN);
    }

    @Test
    void adOfUnknownLengthCouldRunOver() {
        Break room = new Break(pod(2, 60_000).build());

        assertThat(room.placeFor(new Break.Candidate("a", Optional.empty(), List.of(), Optional.empty(), PRICE)))
                .isEqualTo(Place.UNKNOWN_LENGTH);
        assertThat(room.placeFor(ad("a", 0))).isEqualTo(Place.UNKNOWN_LENGTH);
    }

    @Test
    void eachAdMustHaveTheLengthThatIsAsked() {
        Break room = new Break(
                pod(5, 60_000).setMinAdMillis(10_000).setMaxAdMillis(20_000).build());

        assertThat(room.placeFor(ad("a", 9_999))).isEqualTo(Place.WRONG_LENGTH);
        assertThat(room.placeFor(ad("a", 20_001))).isEqualTo(Place.WRONG_LENGTH);
        assertThat(room.placeFor(ad("a", 10_000))).isEqualTo(Place.FREE);
    }

    @Test
    void breakIsFullWhenTheShortestAdHasNoPlace() {
        Break room = new Break(pod(5, 25_000).setMinAdMillis(10_000).build());
        room.take(ad("a", 15_001));

        assertThat(room.isFull()).isTrue();
        assertThat(room.emptied().isFull()).isFalse();
    }

    @Test
    void onlyWhatIsAskedIsKeptApart() {
        Break creatives = new Break(pod(9, 90_000).build());
        Break advertisers = new Break(
                pod(9, 90_000).setSeparation(List.of(PodSeparation.ADVERTISER)).build());
        Break categories = new Break(
                pod(9, 90_000).setSeparation(List.of(PodSeparation.CATEGORY)).build());
        Break nothing = new Break(pod(9, 90_000).setSeparation(List.of()).build());
        List.of(creatives, advertisers, categories, nothing)
                .forEach(b -> b.take(of("c1", "acme.example", "IAB1", "IAB2")));

        assertThat(creatives.placeFor(of("c1", "other.example"))).isEqualTo(Place.REPEATED);
        assertThat(creatives.placeFor(of("c2", "acme.example", "IAB1"))).isEqualTo(Place.FREE);
        assertThat(advertisers.placeFor(of("c2", "ACME.example"))).isEqualTo(Place.REPEATED);
        assertThat(advertisers.placeFor(of("c1", "other.example", "IAB1"))).isEqualTo(Place.FREE);
        assertThat(categories.placeFor(of("c2", "other.example", "IAB9", "iab2")))
                .isEqualTo(Place.REPEATED);
        assertThat(categories.placeFor(of("c2", "acme.example", "IAB9"))).isEqualTo(Place.FREE);
        assertThat(nothing.placeFor(of("c1", "acme.example", "IAB1"))).isEqualTo(Place.FREE);
    }

    @Test
    void priceIsMeasuredByTheSecondExactly() {
        // 2.50 a thousand is 0.25 a second over ten seconds.
        Break room = new Break(pod(9, 90_000).setMinCpmPerSecondMicros(250_000L).build());

        assertThat(room.placeFor(ad("a", 10_000))).isEqualTo(Place.FREE);
        assertThat(room.placeFor(ad("a", 10_001))).isEqualTo(Place.TOO_CHEAP);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void noBreakEverRunsOverOrRepeats(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 500; round++) {
            int most = random.nextInt(1, 12);
            int total = random.nextInt(1, 120_000);
            Break room = new Break(pod(most, total)
                    .setSeparation(List.of(PodSeparation.values()))
                    .build());
            Set<String> seen = new HashSet<>();
            int ads = 0;
            long millis = 0;
            for (int i = 0; i < 60; i++) {
                Break.Candidate ad = new Break.Candidate(
                        "c" + random.nextInt(20),
                        Optional.of("a" + random.nextInt(20)),
                        List.of("k" + random.nextInt(20)),
                        Optional.of(random.nextInt(0, 40_000)),
                        PRICE);
                if (room.placeFor(ad) == Place.FREE) {
                    room.take(ad);
                    ads++;
                    millis += ad.millis().orElseThrow();
                    assertThat(seen.add(ad.creative())
                                    && seen.add(ad.advertiser().orElseThrow())
                                    && seen.add(ad.categories().getFirst()))
                            .isTrue();
                }
            }
            assertThat(ads).isLessThanOrEqualTo(most);
            assertThat(millis).isLessThanOrEqualTo(total);
        }
    }
}
