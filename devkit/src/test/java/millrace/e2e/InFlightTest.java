package millrace.e2e;

import static millrace.e2e.Examples.budgetFor;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import millrace.config.Settings;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.process.JavaProcess;
import millrace.devkit.stack.Ports;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Outcome;
import millrace.schemas.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests that wait at once, in a pipeline of its own process, for an upstream in another. */
class InFlightTest {
    private static final int REQUESTS = 10_000;
    /** Of the pipeline and of the upstream each: the connections, and what a process has open anyway. */
    private static final int FILES = REQUESTS + 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        client.close();
    }

    /**
     * SC-008: the upstream answers nobody until {@value #REQUESTS} calls are open, so all of them are in flight at once; then each has exactly one answer, and every answer has
     * the ad. Had one of them been lost or shed on the way, none would be answered with one.
     */
    @Test
    void sc008TenThousandRequestsInFlightAtOnceAreAnsweredOnceEach() throws IOException {
        assumeTrue(
                openFiles() >= FILES,
                "skipped: a process may have " + openFiles() + " files open here, and this needs " + FILES);
        Path output = Files.createDirectories(Path.of("target", "in-flight-test"));
        int port = Ports.anyFree();
        try (World world = World.of(
                        "inflight" + World.number(),
                        settings -> settings.with(Settings.UPSTREAM_CONNECTIONS_MAX, REQUESTS)
                                .with(Settings.UPSTREAM_CONNECTIONS_PER_ROUTE, REQUESTS)
                                .with(Settings.UPSTREAM_CONNECT_TIMEOUT, "30s")
                                .with(Settings.STATE_DIR, folder.resolve("state")));
                JavaProcess upstream = JavaProcess.start(
                        output.resolve("upstream.log"),
                        List.of("-Xmx256m", "-XX:+UseSerialGC"),
                        HoldingUpstream.class.getName(),
                        List.of(Integer.toString(port), Integer.toString(REQUESTS)))) {
            await().atMost(PATIENCE).until(() -> open(port) == 0);
            assertThat(upstream.isAlive()).isTrue();
            world.stack.put(placement("film").build());
            world.stack.put(Upstream.newBuilder()
                    .setId("held")
                    .setUrl("http://127.0.0.1:" + port + "/tag")
                    .setTimeoutMillis(30_000)
                    .build());
            world.stack.put(pooledCampaign("film", "film", "held")
                    .setBudgetNanos(budgetFor(10 * REQUESTS))
                    .build());
            PipelineCommand command = new PipelineCommand(
                    PipelineCommand.MAIN_CLASS,
                    List.of(
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-Djava.net.preferIPv4Stack=true",
                            "-Xmx2g",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1"),
                    output.resolve("pipeline.toml"));
            try (PipelineProcess pipeline =
                    PipelineProcess.start(world.stack.settings(), output, "pipeline", command)) {
                pipeline.awaitReady(PATIENCE);
                List<AdRequest> requests = IntStream.range(0, REQUESTS)
                        .mapToObj(_ -> request(World.newUser(), "film")
                                .setDeadlineMillis(60_000)
                                .build())
                        .toList();

                long begun = System.nanoTime();
                requests.forEach(world::start);
                await().atMost(PATIENCE).until(() -> open(port) >= REQUESTS);
                long allOpen = System.nanoTime();
                world.answers.awaitCount(PATIENCE, REQUESTS, answer -> true);
                System.out.printf(
                        "SC-008: %d requests in flight after %d ms, all answered %d ms later%n",
                        REQUESTS, millis(allOpen - begun), millis(System.nanoTime() - allOpen));

                // Whatever could still come for a request is on its way before the answers to these.
                List<AdRequest> afterwards = Stream.iterate(0, partition -> partition + 1)
                        .limit(World.PARTITIONS)
                        .map(partition ->
                                request(World.newUserOn(partition), "film").build())
                        .toList();
                afterwards.forEach(world.producer()::ask);
                afterwards.forEach(request -> world.answerTo(request.getId()));
                Map<String, List<AdResponse>> answers = world.answers.values(answer -> true).stream()
                        .collect(Collectors.groupingBy(AdResponse::getRequestId));
                assertThat(requests)
                        .allSatisfy(request -> assertThat(answers.get(request.getId()))
                                .as("answers to " + request.getId())
                                .singleElement()
                                .extracting(
                                        answer -> answer.getSlots().getFirst().getOutcome())
                                .isEqualTo(Outcome.FILLED));
            }
        }
    }

    /** How many calls the upstream holds, or held when it let them go; -1 when it is not there yet. */
    private int open(int port) {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/open"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return Integer.parseInt(
                    client.send(question, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return -1; // Not listening yet, or busy.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the upstream", e);
        }
    }

    /** Each connection is one, and the JVM has raised its own limit as far as the system lets it. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
