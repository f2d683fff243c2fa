package millrace.devkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineProcessTest {

    private static final Duration A_WHILE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void isReadyOnceItsHealthSaysSoAndGoneOnceClosed() throws Exception {
        PipelineProcess pipeline = start(Integer.toString(port));
        try (pipeline) {
            pipeline.awaitReady(A_WHILE);

            assertThat(pipeline.isAlive()).isTrue();
            assertThat(ProcessHandle.of(pipeline.pid())).isPresent();
        }
        assertThat(pipeline.isAlive()).isFalse();
    }

    @Test
    void aKilledOneIsGoneAtOnce() throws Exception {
        try (PipelineProcess pipeline = start(Integer.toString(port))) {
            pipeline.awaitReady(A_WHILE);

            pipeline.kill();

            assertThat(pipeline.isAlive()).isFalse();
        }
    }

    @Test
    void oneThatEndsBeforeItIsReadySaysWhatItPrinted() throws Exception {
        try (PipelineProcess pipeline = start("streams.threads is 0")) {
            assertThatThrownBy(() -> pipeline.awaitReady(A_WHILE))
                    .hasMessageContaining("ended with code 2")
                    .hasMessageContaining("millrace.toml: streams.threads is 0");
        }
    }

    @Test
    void oneThatIsNeverReadyIsNotWaitedForForEver() throws Exception {
        URI elsewhere = URI.create("http://127.0.0.1:1");
        try (PipelineProcess pipeline = start(Integer.toString(port), elsewhere)) {
            assertThatThrownBy(() -> pipeline.awaitReady(Duration.ofMillis(200)))
                    .hasMessageContaining("not ready after 0 s");
        }
    }

    @Test
    void aPausedOneSaysNothingUntilItIsResumed() throws Exception {
        try (PipelineProcess pipeline = start(Integer.toString(port))) {
            pipeline.awaitReady(A_WHILE);

            pipeline.pause();
            assertThatThrownBy(() -> pipeline.awaitReady(Duration.ofMillis(1_500)))
                    .hasMessageContaining("not ready");
            assertThat(pipeline.isAlive()).isTrue();
            pipeline.resume();

            pipeline.awaitReady(A_WHILE);
        }
    }

    @Test
    void oneThatIsToldToStopHasTheCodeOfItsSignal() throws Exception {
        try (PipelineProcess pipeline = start(Integer.toString(port))) {
            pipeline.awaitReady(A_WHILE);

            assertThat(pipeline.stop()).isEqualTo(143);
        }
    }

    private PipelineProcess start(String config) throws IOException {
        return start(config, URI.create("http://127.0.0.1:" + port));
    }

    private PipelineProcess start(String config, URI admin) throws IOException {
        Path file = directory.resolve("millrace.toml");
        Files.writeString(file, config);
        var command = new PipelineCommand(StubPipeline.class.getName(), List.of("-Xmx32m"), file);
        return PipelineProcess.start(command, directory.resolve("pipeline.log"), admin);
    }
}
