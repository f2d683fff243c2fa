package millrace.devkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import millrace.config.Calls;
import millrace.devkit.load.AnswerReader;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.upstreams.Latency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole bench, of a process that stands for the pipeline. */
class BenchRunTest {

    private static final BenchPlan PLAN = new BenchPlan(
            200,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            100,
            Latency.millis(5),
            Calls.ASYNC,
            AnswerReader.COMMITTED,
            0,
            1,
            4,
            BenchPlan.Door.KAFKA,
            Map.of("streams.commit.interval", "25ms"));

    @TempDir
    private Path directory;

    private final List<String> progress = new ArrayList<>();

    @Test
    void everyRequestOfTheMeasuredPartIsReportedWithItsCost() throws Exception {
        List<BenchReport> reports = run(CopyingPipeline.class.getName());
        BenchReport report = reports.getFirst();

        assertThat(reports.getLast().load().offered()).as("at half the rate").isEqualTo(200);
        assertThat(reports.getLast().load().answered()).isEqualTo(200);
        assertThat(report.load().offered()).isEqualTo(400);
        assertThat(report.load().answered()).isEqualTo(400);
        assertThat(report.load().filled()).isEqualTo(400);
        assertThat(report.load().duplicated()).isZero();
        assertThat(report.cpuMicrosPerRequest()).isPositive();
        assertThat(progress)
                .contains("starting the pipeline", "waiting for the first ad", "warm-up is over, measuring");
    }

    @Test
    void aPipelineThatDoesNotStartEndsTheBench() {
        assertThatThrownBy(() -> run("millrace.NoSuchClass"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the pipeline ended with code 1")
                .hasMessageContaining("NoSuchClass");
    }

    private List<BenchReport> run(String mainClass) throws Exception {
        return new BenchRun(
                        PLAN,
                        config -> new PipelineCommand(mainClass, List.of("-Xmx128m"), config),
                        directory,
                        progress::add,
                        new SplittableRandom(1))
                .run(List.of(100));
    }
}
