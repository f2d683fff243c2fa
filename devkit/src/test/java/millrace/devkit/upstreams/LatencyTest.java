package millrace.devkit.upstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {

    @ParameterizedTest
    @ValueSource(strings = {"50ms", "0ms", "2s", "250us", "5ms..35ms", "500us..1s", "lognormal(40ms,0.5)"})
    void readsBackWhatItWrites(String text) {
        assertThat(Latency.parse(text)).hasToString(text);
    }

    @Test
    void blanksDoNotMatter() {
        assertThat(Latency.parse(" lognormal( 40ms , 0.5 ) "))
                .isEqualTo(new Latency.LogNormal(Duration.ofMillis(40), 0.5));
        assertThat(Latency.parse("5ms .. 35ms"))
                .isEqualTo(new Latency.Uniform(Duration.ofMillis(5), Duration.ofMillis(35)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "50", "-5ms", "fast", "5ms..", "lognormal(40ms)", "lognormal(40ms,x)", "1m"})
    void unreadableTextNamesWhatIsAllowed(String text) {
        assertThatThrownBy(() -> Latency.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("5ms..35ms");
    }

    @Test
    void impossibleDistributionsAreRefused() {
        assertThatThrownBy(() -> Latency.parse("35ms..5ms"))
                .hasMessageContaining("ends at 5ms, before it begins at 35ms");
        assertThatThrownBy(() -> Latency.parse("lognormal(40ms,4)")).hasMessageContaining("0 to 3");
        assertThatThrownBy(() -> Latency.parse("lognormal(40ms,NaN)")).hasMessageContaining("0 to 3");
        assertThatThrownBy(() -> Latency.millis(-1)).hasMessageContaining("0 or more");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 42, 1_000_003})
    void uniformStaysWithinItsEndsAndReachesBoth(long seed) {
        var uniform = new Latency.Uniform(Duration.ofNanos(10), Duration.ofNanos(13));

        assertThat(samples(uniform, seed, 1_000).distinct().sorted().toArray()).containsExactly(10, 11, 12, 13);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 42, 1_000_003})
    void logNormalHasItsMedianAndItsTail(long seed) {
        var logNormal = new Latency.LogNormal(Duration.ofMillis(40), 0.5);

        double[] sorted = samples(logNormal, seed, 20_000)
                .mapToDouble(nanos -> nanos / 1e6)
                .sorted()
                .toArray();

        assertThat(sorted[10_000]).isBetween(39.0, 41.0);
        // 40 ms times e to the power of 0.5 times 2.326, the normal distribution's 99th percentile.
        assertThat(sorted[19_800]).isBetween(120.0, 136.0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"50ms", "5ms..35ms", "lognormal(40ms,0.5)"})
    void theSameSeedGivesTheSameLatencies(String text) {
        Latency latency = Latency.parse(text);

        assertThat(samples(latency, 99, 100).toArray())
                .isEqualTo(samples(latency, 99, 100).toArray());
    }

    private static LongStream samples(Latency latency, long seed, int count) {
        var random = new SplittableRandom(seed);
        return LongStream.generate(() -> latency.sample(random).toNanos()).limit(count);
    }
}
