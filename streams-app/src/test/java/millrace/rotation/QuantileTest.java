package millrace.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aboutFiveOfAHundredAreAboveItAtAnyScaleAndAfterAChange(long seed) {
        RandomGenerator random = Bench.random(seed);
        Quantile quantile = new Quantile();
        for (double scale : new double[] {2e6, 300e6, 20e6}) {
            int above = 0;
            for (int i = 0; i < 12_000; i++) {
                long sample = (long) (scale * (0.5 - Math.log(1 - random.nextDouble())));
                // The first thousand find the scale.
                above += i >= 2_000 && sample > quantile.nanos() ? 1 : 0;
                quantile.add(sample);
            }
            assertThat(above).isBetween(400, 600);
        }
    }

    @Test
    void fewSamplesSayNothing() {
        Quantile quantile = new Quantile();
        for (int i = 0; i < 19; i++) {
            quantile.add(1_000_000);
        }
        assertThat(quantile.nanos()).isZero();
    }
}
