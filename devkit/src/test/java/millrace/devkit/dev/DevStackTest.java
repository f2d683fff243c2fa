package millrace.devkit.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import millrace.devkit.stack.Ports;
import org.junit.jupiter.api.Test;

class DevStackTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void servicesComeUpThenThePipelineThenTraffic() {
        try (DevStack stack = DevStack.start(Ports.FREE, InstantSource.system(), lines::add)) {
            assertThat(lines)
                    .extracting(line ->
                            line.substring(0, Math.min(8, line.length())).strip())
                    .containsExactly("schema r", "upstream", "Kafka", "catalog");

            stack.decide();
            stack.trickle();
            assertThat(lines).anyMatch(line -> line.startsWith("gateway          http://127.0.0.1:"));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> lines.stream().anyMatch(line -> line.contains(" viewer-") && line.endsWith(" ms")));
        }
    }
}
