package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdNumbersTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void equalIdsHaveOneNumberAndDifferentOnesHaveTwo(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        IdNumbers numbers = new IdNumbers();
        Map<String, Integer> model = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            String id = "é" + random.nextInt(800);
            byte[] bytes = ("row" + id + "end").getBytes(StandardCharsets.UTF_8);
            byte[] alone = id.getBytes(StandardCharsets.UTF_8);
            assertThat(numbers.find(alone)).isEqualTo(model.getOrDefault(id, IdNumbers.NONE));

            int number = numbers.number(bytes, 3, alone.length);

            model.putIfAbsent(id, model.size());
            assertThat(number).isEqualTo(model.get(id));
        }
    }
}
