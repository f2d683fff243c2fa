package millrace.devkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuzzRunTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void mutatedDocumentsNeitherBreakNorHangTheReader(long seed) {
        Mutation mutation = new Mutation(FuzzCommand.examples(), seed);

        FuzzRun.Report report = new FuzzRun(mutation, Duration.ofSeconds(5)).run(5000);

        assertThat(report.outcomes().values().stream().mapToLong(n -> n).sum()).isEqualTo(5000);
        // Both sides of the fence are reached, else the mutations are too weak or too strong.
        assertThat(report.outcomes().get("VAST with ads")).isGreaterThan(200);
        assertThat(report.outcomes().get("100")).isGreaterThan(1000);
        assertThat(report.outcomes().keySet()).noneMatch(outcome -> outcome.contains("exception"));
    }

    @Test
    void sameSeedMakesTheSameDocuments() {
        Mutation first = new Mutation(FuzzCommand.examples(), 7);
        Mutation again = new Mutation(FuzzCommand.examples(), 7);
        Mutation other = new Mutation(FuzzCommand.examples(), 8);

        assertThat(LongStream.range(0, 50)).allMatch(n -> Arrays.equals(first.document(n), again.document(n)));
        assertThat(LongStream.range(0, 50)).anyMatch(n -> !Arrays.equals(first.document(n), other.document(n)));
    }

    @Test
    void documentThatTakesTooLongIsFound() {
        byte[] any = "<VAST version='4.0'/>".getBytes(StandardCharsets.UTF_8);
        FuzzRun run = new FuzzRun(new Mutation(List.of(any), 1), Duration.ofNanos(1));

        assertThatThrownBy(() -> run.run(1)).isInstanceOf(FuzzRun.Found.class).hasMessageContaining("document 0 took");
    }
}
