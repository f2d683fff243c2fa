package millrace.devkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;
import millrace.wire.InMemorySchemaRegistry;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import millrace.wire.WireLimits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs over a transport in memory, in which a request's number decides what becomes of it. */
class LoadTest {

    private static final String TOPIC = "ad-requests";
    private static final String ANSWERS = "ad-responses";
    private static final int RUN = 99;

    private final Wire wire = new Wire(InMemorySchemaRegistry.named("load"), WireLimits.DEFAULT);
    private final EchoTransport transport = new EchoTransport(this::answer);
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void register() {
        wire.register(
                Map.of(TOPIC, AdRequest.getClassSchema(), ANSWERS, AdResponse.getClassSchema()),
                RegistrationPolicy.DEFAULT,
                line -> {});
    }

    @Test
    void everyRequestIsSentOnceAndEveryAnswerBooked() throws Exception {
        LoadReport report = run(plan(200, 10_000));

        assertThat(transport.sent()).hasSize(300).doesNotHaveDuplicates();
        assertThat(report.offered()).isEqualTo(200);
        assertThat(report.answered()).isEqualTo(200);
        assertThat(report.filled()).isEqualTo(200);
        assertThat(report.lost()).isZero();
        assertThat(report.duplicated()).isZero();
        assertThat(report.perSecond()).isPositive();
        assertThat(heard).contains("measuring", "sent", "progress of 300");
    }

    @Test
    void answersThatNeverComeAreLostAndSecondOnesDuplicates() throws Exception {
        transport.answering(request -> request % 10 == 0 ? 0 : request % 10 == 1 ? 2 : 1);

        LoadReport report = run(plan(200, 1_500));

        assertThat(report.lost()).isEqualTo(20);
        assertThat(report.answered()).isEqualTo(180);
        assertThat(report.duplicated()).isEqualTo(30);
    }

    @Test
    void aStallIsChargedToAllThatWereDueInIt() throws Exception {
        // From the middle of the measured second to its end nothing can be sent.
        transport.stallingAt(200, Duration.ofMillis(500));

        LoadReport report = run(plan(200, 10_000));

        assertThat(report.answered()).isEqualTo(200);
        assertThat(report.maxMs()).isGreaterThan(450);
        // About a hundred were due in it. A load that waits its turn would have charged one, and p99 would be a few ms.
        assertThat(report.p99Ms()).isGreaterThan(400);
        assertThat(report.latestSendMs()).isGreaterThan(450);
    }

    @Test
    void aReceiverThatFailsEndsTheLoad() {
        transport.failing();

        assertThatThrownBy(() -> run(plan(200, 10_000)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("answers cannot be received")
                .hasMessageContaining("no broker");
    }

    private LoadReport run(LoadPlan plan) throws InterruptedException {
        return new Load(plan, RUN, wire, TOPIC, transport, InstantSource.system(), listener()).run();
    }

    /** A warm-up of half as many requests, and one second that counts. */
    private static LoadPlan plan(int rate, long patienceMillis) {
        return new LoadPlan(
                rate,
                Duration.ofMillis(1_500),
                Duration.ofSeconds(1),
                50,
                "preroll",
                3,
                Duration.ofMillis(patienceMillis));
    }

    private byte[] answer(String requestId) {
        SlotAnswer slot = SlotAnswer.newBuilder()
                .setSlotId("preroll")
                .setOutcome(Outcome.FILLED)
                .build();
        return wire.writer(ANSWERS, AdResponse.class)
                .write(AdResponse.newBuilder()
                        .setRequestId(requestId)
                        .setPlacement("preroll")
                        .setSlots(List.of(slot))
                        .setDecidedAt(1)
                        .setTookMicros(1)
                        .build());
    }

    private LoadListener listener() {
        return new LoadListener() {
            @Override
            public void measuring() {
                heard.add("measuring");
            }

            @Override
            public void sent() {
                heard.add("sent");
            }

            @Override
            public void progress(int sent, int answered, int of) {
                heard.add("progress of " + of);
            }
        };
    }
}
