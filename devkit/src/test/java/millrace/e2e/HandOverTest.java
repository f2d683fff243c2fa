package millrace.e2e;

import static millrace.e2e.Examples.budgetFor;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import millrace.Pipeline;
import millrace.config.Settings;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.stack.PipelineSettings;
import millrace.devkit.stack.TopicReader;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.Latency;
import millrace.schemas.AdRequest;
import millrace.schemas.Outcome;
import millrace.schemas.ServedAd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions change hands while requests of theirs are in flight. */
class HandOverTest {
    private static final Path OUTPUT = Path.of("target", "hand-over-test");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Fifty on each partition, half of what its journal takes. */
    private static final int REQUESTS = 200;

    private static final int JOURNAL = 100;
    /** Long enough for a process to take partitions up meanwhile, also on a busy machine. */
    private static final Latency HELD = Latency.millis(25_000);

    private static final Duration FINISH = Duration.ofMillis(500);
    /** Over as soon as nothing is in flight. */
    private static final Duration LONG_FINISH = Duration.ofSeconds(30);

    private static final Duration WITHIN = Duration.ofSeconds(10);
    /** Beside the stated times: the end of the process itself, on a busy machine. */
    private static final Duration PROCESS_END = Duration.ofSeconds(5);

    private World world;
    private TopicReader<ServedAd> served;

    @TempDir
    private Path folder;

    private void begin(String name, Latency latency, Duration finish) {
        world = World.of(
                name,
                settings -> settings.with(Settings.DECISION_INFLIGHT_MAX, JOURNAL)
                        .with(Settings.UPSTREAM_TIMEOUT, "30s")
                        .with(Settings.STOP_FINISH, finish.toMillis() + "ms")
                        .with(Settings.STOP_WITHIN, WITHIN.toMillis() + "ms"));
        served = world.read(world.stack.topics().servedAds());
        world.stack.put(placement("film").build());
        world.upstream("slow", Behaviour.ofTenAds("slow").with(latency));
        world.stack.put(pooledCampaign("film", "film", "slow")
                .setBudgetNanos(budgetFor(10 * REQUESTS))
                .build());
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void rebalanceWithTheJournalHalfFullMovesRequestsAndAnswersEachOnce() throws IOException, InterruptedException {
        begin("rebalance", HELD, FINISH);
        world.stack.run();
        List<AdRequest> requests = allInFlight();

        try (Pipeline second = Pipeline.start(secondInstance().config(), line -> {})) {
            assertThat(second.awaitRunning(PATIENCE)).isTrue();

            eachIsAnsweredOnce(requests);
            assertThat(world.calls("slow"))
                    .as("calls, with those that the second instance made anew")
                    .isGreaterThan(REQUESTS);
        }
    }

    @Test
    void instanceThatIsToldToStopHandsOverWhatIsInFlightWithinTheStatedTime() {
        begin("handover", HELD, FINISH);
        try (PipelineProcess first = ready(world.stack.settings(), "first");
                PipelineProcess second = ready(secondInstance(), "second")) {
            assertThat(second.isAlive()).isTrue();
            List<AdRequest> requests = allInFlight();

            long told = System.nanoTime();
            int exitCode = first.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - told))
                    .isLessThan(FINISH.plus(WITHIN).plus(PROCESS_END));
            assertThat(exitCode).as("exit code after SIGTERM").isEqualTo(143);
            eachIsAnsweredOnce(requests);
            assertThat(world.calls("slow"))
                    .as("calls, with those that the second instance made anew")
                    .isGreaterThan(REQUESTS);
        }
    }

    @Test
    void whatIsAlmostDoneIsFinishedBeforeTheStop() {
        begin("finish", Latency.millis(150), LONG_FINISH);
        try (PipelineProcess only = ready(world.stack.settings(), "only")) {
            List<AdRequest> requests = allInFlight();

            assertThat(only.stop()).as("exit code after SIGTERM").isEqualTo(143);

            // Nobody else is there to answer them.
            eachIsAnsweredOnce(requests);
            assertThat(world.calls("slow")).isEqualTo(REQUESTS);
        }
    }

    private static PipelineProcess ready(PipelineSettings settings, String name) {
        PipelineProcess process = PipelineProcess.start(settings, OUTPUT, name);
        process.awaitReady(PATIENCE);
        return process;
    }

    private PipelineSettings secondInstance() {
        return world.stack.settings().with(Settings.STATE_DIR, folder.resolve("state-of-the-second"));
    }

    private List<AdRequest> allInFlight() {
        List<AdRequest> requests = IntStream.range(0, REQUESTS)
                .mapToObj(number -> request(World.newUserOn(number % World.PARTITIONS), "film")
                        .setDeadlineMillis(60_000)
                        .build())
                .toList();
        requests.forEach(world::start);
        await().atMost(PATIENCE).until(() -> world.calls("slow") >= REQUESTS);
        // Those under way stay as slow as they are; whoever asks anew is answered at once.
        World.upstreams().define(world.tag("slow"), Behaviour.ofTenAds("slow"));
        return requests;
    }

    private void eachIsAnsweredOnce(List<AdRequest> requests) {
        world.answers.awaitCount(PATIENCE, REQUESTS, answer -> true);
        assertThat(requests)
                .allSatisfy(request -> assertThat(world.answersTo(request.getId()))
                        .as("answers to " + request.getId())
                        .singleElement()
                        .extracting(answer -> answer.getSlots().getFirst().getOutcome())
                        .isEqualTo(Outcome.FILLED));
        served.awaitCount(PATIENCE, REQUESTS, ad -> true);
        assertThat(served.values(ad -> true))
                .extracting(ServedAd::getRequestId)
                .containsExactlyInAnyOrderElementsOf(
                        requests.stream().map(AdRequest::getId).toList());
    }
}
