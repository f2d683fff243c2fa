package millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import millrace.Pipeline;
import millrace.StartRefused;
import millrace.config.BrokersException;
import millrace.config.Settings;
import millrace.devkit.broker.EmbeddedBroker;
import millrace.devkit.registry.EmbeddedRegistry;
import millrace.devkit.stack.PipelineSettings;
import millrace.wire.RegistryException;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that cannot be right does not start, and says why; one that only has to wait, waits. */
class StartTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private PipelineSettings settings(String name) {
        return World.settings(name).with(Settings.STATE_DIR, folder.resolve("state"));
    }

    @Test
    void topicsThatAreWrongAreNamedAllAtOnce() {
        World.services()
                .broker()
                .createTopics(
                        topic("wrong.ad-requests", 4, Map.of("message.timestamp.type", "LogAppendTime")),
                        topic("wrong.ad-events", 2, Map.of("message.timestamp.type", "LogAppendTime")),
                        topic("wrong.budget-grants", 8, Map.of()),
                        topic("wrong.campaigns", 1, Map.of("cleanup.policy", "delete")),
                        topic("wrong.ad-requests-moved", 4, Map.of("message.timestamp.type", "LogAppendTime")));

        assertThatThrownBy(() -> Pipeline.start(settings("wrong").config(), lines::add))
                .isInstanceOf(StartRefused.class)
                .hasMessageContainingAll(
                        "wrong.ad-events: found 2 partitions; wanted 4",
                        "wrong.budget-grants: found 8 partitions; wanted 4",
                        "wrong.campaigns: found cleanup.policy=delete; wanted compact",
                        "wrong.ad-requests-moved: found message.timestamp.type=LogAppendTime; wanted CreateTime")
                .message()
                .doesNotContain("topic wrong.ad-requests:");
    }

    @Test
    void replyTopicThatDoesNotExistIsNamed() {
        PipelineSettings settings = settings("noreply").with(Settings.REPLY_TOPICS, "nobody-made-this");

        assertThatThrownBy(() -> Pipeline.start(settings.config(), lines::add))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("nobody-made-this");
    }

    @Test
    void adminPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PipelineSettings settings = settings("port").with(Settings.ADMIN_PORT, taken.getLocalPort());

            assertThatThrownBy(() -> Pipeline.start(settings.config(), lines::add))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("admin.port: 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void brokerThatStaysAwayIsAClearErrorAfterSomeTries() {
        PipelineSettings settings = settings("nobroker")
                .with(Settings.KAFKA_BOOTSTRAP_SERVERS, "127.0.0.1:1")
                .with(Settings.KAFKA_WAIT, "3s")
                .with("kafka.client.request.timeout.ms", "1000")
                .with("kafka.client.default.api.timeout.ms", "1000");

        assertThatThrownBy(() -> Pipeline.start(settings.config(), lines::add))
                .isInstanceOf(BrokersException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContainingAny("Exception", "\n");
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line).contains("127.0.0.1:1", "trying again").doesNotContain("Exception", "\n"));
    }

    @Test
    void brokerThatComesBackIsReached() {
        try (EmbeddedBroker broker = EmbeddedBroker.started()) {
            broker.stop();
            PipelineSettings settings =
                    settings("late").with(Settings.KAFKA_BOOTSTRAP_SERVERS, broker.bootstrapServers());
            CompletableFuture<Pipeline> starting = CompletableFuture.supplyAsync(
                    () -> started(settings), task -> Thread.ofPlatform().start(task));
            await().atMost(SOON).until(() -> !lines.isEmpty());

            broker.start();

            try (Pipeline pipeline = starting.join()) {
                await().atMost(World.PATIENCE).until(pipeline::isRunning);
            }
        }
    }

    @Test
    void registryThatStaysAwayIsAClearErrorAfterSomeTries() {
        PipelineSettings settings = settings("noregistry")
                .with(Settings.REGISTRY_URLS, "http://127.0.0.1:1")
                .with(Settings.REGISTRY_WAIT, "3s");

        assertThatThrownBy(() -> Pipeline.start(settings.config(), lines::add))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("\n");
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("127.0.0.1:1"));
    }

    @Test
    void registryThatComesBackIsReached() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.started()) {
            registry.pause();
            PipelineSettings settings = settings("lateregistry").with(Settings.REGISTRY_URLS, registry.url());
            CompletableFuture<Pipeline> starting = CompletableFuture.supplyAsync(
                    () -> started(settings), task -> Thread.ofPlatform().start(task));
            await().atMost(SOON).until(() -> lines.stream().anyMatch(line -> line.contains("registry")));

            registry.resume();

            try (Pipeline pipeline = starting.join()) {
                await().atMost(World.PATIENCE).until(pipeline::isRunning);
            }
        }
    }

    private Pipeline started(PipelineSettings settings) {
        try {
            return Pipeline.start(settings.config(), lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, partitions, (short) 1).configs(settings);
    }
}
