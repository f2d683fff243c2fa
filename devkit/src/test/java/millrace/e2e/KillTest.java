package millrace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static millrace.e2e.Examples.budgetFor;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.devkit.http.Request;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.stack.TopicReader;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.Latency;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Outcome;
import millrace.schemas.ServedAd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pipeline in a process of its own dies without a word, and comes back. */
class KillTest {
    private static final Path OUTPUT = Path.of("target", "kill-test");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int REQUESTS = 400;
    private static final int IN_FLIGHT = 200;

    private static World world;

    @BeforeAll
    static void start() {
        world = World.of("kill");
        world.stack.put(placement("film").build());
        world.upstream("slow", Behaviour.ofTenAds("slow").with(Latency.millis(3_000)));
        world.stack.put(pooledCampaign("film", "film", "slow")
                .setBudgetNanos(budgetFor(10 * REQUESTS))
                .build());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void everyRequestInFlightAtAKillIsAnsweredExactlyOnce() {
        TopicReader<ServedAd> served = world.read(world.stack.topics().servedAds());
        List<AdRequest> requests = Stream.generate(() ->
                        request(newUser(), "film").setDeadlineMillis(60_000).build())
                .limit(REQUESTS)
                .toList();
        try (PipelineProcess first = PipelineProcess.start(world.stack.settings(), OUTPUT, "first")) {
            first.awaitReady(PATIENCE);
            requests.forEach(KillTest::startTraced);
            await().atMost(PATIENCE).until(() -> world.calls("slow") >= IN_FLIGHT);

            first.kill();
        }
        long callsBefore = world.calls("slow");
        int answeredBefore = world.answers.records().size();
        assertThat(callsBefore - answeredBefore).as("in flight at the kill").isGreaterThanOrEqualTo(IN_FLIGHT);

        try (PipelineProcess second = PipelineProcess.start(world.stack.settings(), OUTPUT, "second")) {
            second.awaitReady(PATIENCE);
            world.answers.awaitCount(PATIENCE, REQUESTS, answer -> true);

            // Whatever could still come for a request is on its way before the answers to these.
            afterwards().forEach(request -> world.answerTo(request.getId()));
            assertThat(answers(requests))
                    .hasSize(REQUESTS)
                    .allSatisfy((request, answers) -> assertThat(answers)
                            .as("answers to " + request)
                            .singleElement()
                            .extracting(answer -> answer.getSlots().getFirst().getOutcome())
                            .isEqualTo(Outcome.FILLED));
            assertThat(served.values(ad -> true))
                    .extracting(ServedAd::getRequestId)
                    .doesNotHaveDuplicates()
                    .containsAll(requests.stream().map(AdRequest::getId).toList());
            assertThat(world.calls("slow") - callsBefore)
                    .as("upstream calls of the second process, those in flight at the kill among them")
                    .isGreaterThan(REQUESTS - answeredBefore - 1);
            everythingIsInItsTrace(requests);
            assertThat(second.stop()).as("exit code of a clean stop").isIn(0, 143);
        }
    }

    private static void startTraced(AdRequest request) {
        var _ = world.producer()
                .start(request, Map.of("traceparent", trace(request).getBytes(UTF_8)));
    }

    private static String trace(AdRequest request) {
        return "00-%032x-00000000000000a1-01"
                .formatted(1 + Integer.toUnsignedLong(request.getId().hashCode()));
    }

    /** Headers of answers, and of calls of both lives. */
    private static void everythingIsInItsTrace(List<AdRequest> requests) {
        Map<String, String> traces =
                requests.stream().collect(Collectors.toMap(AdRequest::getId, KillTest::trace, (one, _) -> one));
        assertThat(world.answers.records().stream()
                        .filter(answer -> traces.containsKey(answer.value().getRequestId())))
                .allSatisfy(answer -> assertThat(answer.header("traceparent"))
                        .map(bytes -> new String(bytes, UTF_8))
                        .contains(traces.get(answer.value().getRequestId())));
        List<Request> calls = World.upstreams().received().of("/vast/" + world.tag("slow")).stream()
                .filter(call -> traces.containsKey(call.header("x-request-id").orElse("")))
                .toList();
        assertThat(calls)
                .hasSizeGreaterThan(REQUESTS)
                .allSatisfy(call -> assertThat(call.header("traceparent"))
                        .map(parent -> parent.substring(0, 36))
                        .contains(traces.get(call.header("x-request-id").orElseThrow())
                                .substring(0, 36)));
    }

    /** One for each partition. */
    private static List<AdRequest> afterwards() {
        return Stream.iterate(0, partition -> partition + 1)
                .limit(World.PARTITIONS)
                .map(partition -> request(World.newUserOn(partition), "film").build())
                .peek(request -> world.producer().ask(request))
                .toList();
    }

    private static Map<String, List<AdResponse>> answers(List<AdRequest> requests) {
        return requests.stream()
                .map(AdRequest::getId)
                .collect(Collectors.toMap(Function.identity(), id -> world.answersTo(id)));
    }
}
