package millrace.e2e;

import static millrace.e2e.World.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import millrace.config.Settings;
import millrace.devkit.stack.TopicReader;
import millrace.devkit.upstreams.Behaviour;
import millrace.notifier.Notifier;
import millrace.schemas.DeadLetter;
import millrace.schemas.FiredNotice;
import millrace.schemas.FiringState;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notices on a real topic, called by a notifier, through the death of one. */
class NotifierTest {
    private World world;
    private Wire wire;
    private TopicReader<FiredNotice> fired;
    private final List<String> called = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        world = World.of("notifier-" + World.number());
        wire = Wire.open(RegistrySettings.of(
                world.stack.config().get(Settings.REGISTRY_URLS).getFirst().toString()));
        wire.register(
                Map.of(world.stack.topics().notices().name(), SpecificData.get().getSchema(Notice.class)),
                RegistrationPolicy.DEFAULT,
                line -> {});
        fired = world.read(world.stack.topics().noticesFired());
    }

    @AfterEach
    void stop() {
        wire.close();
        world.close();
    }

    private Notice owe(NoticeKind kind, String url) {
        Notice notice = Notice.newBuilder()
                .setId(kind + "-" + World.number())
                .setKind(kind)
                .setUrl(url)
                .setRequestId("r")
                .setSlotId("s")
                .setAt(1)
                .build();
        String topic = world.stack.topics().notices().name();
        world.producer()
                .bytes(
                        topic,
                        1,
                        notice.getId(),
                        wire.writer(topic, Notice.class).write(notice));
        return notice;
    }

    /** Which notes each call, and answers it so. */
    private Notifier notifier(Function<String, CompletableFuture<HttpOutcome>> answers) throws IOException {
        return Notifier.start(
                world.stack
                        .settings()
                        .with(Settings.NOTIFIER_ADMIN_PORT, 0)
                        .with(Settings.NOTIFIER_BACKOFF_FIRST, "5ms")
                        .with(Settings.NOTIFIER_ATTEMPTS_MAX, 3)
                        .config(),
                call -> {
                    String url = url(call);
                    called.add(url);
                    return answers.apply(url);
                },
                () -> {},
                line -> {});
    }

    private static String url(HttpCall call) {
        return call.url().toString();
    }

    private static CompletableFuture<HttpOutcome> answered(int status) {
        try {
            return CompletableFuture.completedFuture(
                    new HttpOutcome.Reply(status, HttpHeaders.none(), new byte[0], Url.parse("https://told.example/")));
        } catch (Url.Refusal e) {
            throw new AssertionError(e);
        }
    }

    private void awaitCalled(String url) {
        await().atMost(PATIENCE).until(() -> called.contains(url));
    }

    private FiredNotice last(Notice notice, FiringState state) {
        return fired.await(
                        PATIENCE,
                        received -> received.value().getId().equals(notice.getId())
                                && received.value().getState() == state)
                .value();
    }

    private long timesCalled(String url) {
        return called.stream().filter(url::equals).count();
    }

    @Test
    void eachNoticeIsCalledAndWhatBecameOfItIsOnATopic() throws IOException {
        Notice win = owe(NoticeKind.WIN, "https://a.example/win");
        Notice bill = owe(NoticeKind.BILLING, "https://a.example/bill");
        try (Notifier first = notifier(url -> answered(204))) {
            assertThat(first.adminPort()).isPositive();
            assertThat(last(win, FiringState.FIRED).getStatus()).isEqualTo(204);
            assertThat(last(bill, FiringState.FIRED).getAttempts()).isEqualTo(1);
        }
        Notice later = owe(NoticeKind.ERROR, "https://a.example/error");
        try (Notifier second = notifier(url -> answered(200))) {
            assertThat(second.adminPort()).isPositive();
            last(later, FiringState.FIRED);
        }

        assertThat(called)
                .as("what is committed is not called again")
                .containsExactlyInAnyOrder(
                        "https://a.example/win", "https://a.example/bill", "https://a.example/error");
    }

    @Test
    void lifeThatEndsBetweenCallAndCommitCallsAgainButNeverBillsAgain() throws IOException {
        Notice win = owe(NoticeKind.WIN, "https://a.example/win");
        Notice bill = owe(NoticeKind.BILLING, "https://a.example/bill");
        try (Notifier dying = notifier(url -> new CompletableFuture<>())) {
            assertThat(dying.adminPort()).isPositive();
            awaitCalled("https://a.example/win");
            awaitCalled("https://a.example/bill");
        }
        Notice after = owe(NoticeKind.BILLING, "https://a.example/after");
        try (Notifier next = notifier(url -> answered(200))) {
            assertThat(next.adminPort()).isPositive();
            last(win, FiringState.FIRED);
            last(after, FiringState.FIRED);
        }

        assertThat(timesCalled("https://a.example/win")).isEqualTo(2);
        assertThat(timesCalled("https://a.example/bill")).isEqualTo(1);
        assertThat(fired.values(one -> one.getId().equals(bill.getId())))
                .as("it was begun, and nobody knows whether it arrived")
                .extracting(FiredNotice::getState)
                .containsExactly(FiringState.STARTED);
    }

    @Test
    void whatFailsIsTriedAgainThenADeadLetterAndHoldsUpNobody() throws IOException {
        TopicReader<DeadLetter> letters = world.read(world.stack.topics().deadLetters());
        Notice failing = owe(NoticeKind.LOSS, "https://down.example/loss");
        Notice recovering = owe(NoticeKind.LOSS, "https://shaky.example/loss");
        Notice gone = owe(NoticeKind.ERROR, "https://gone.example/error");
        Notice bill = owe(NoticeKind.BILLING, "https://down.example/bill");
        Notice noUrl = owe(NoticeKind.WIN, "javascript:alert(1)");
        Notice good = owe(NoticeKind.WIN, "https://good.example/win");
        try (Notifier notifier = notifier(url -> switch (url) {
            case "https://shaky.example/loss" -> answered(timesCalled(url) < 3 ? 503 : 200);
            case "https://gone.example/error" -> answered(404);
            case "https://good.example/win" -> answered(200);
            default -> answered(500);
        })) {
            assertThat(notifier.adminPort()).isPositive();
            assertThat(last(good, FiringState.FIRED).getAttempts()).isEqualTo(1);
            assertThat(last(recovering, FiringState.FIRED).getAttempts()).isEqualTo(3);
            assertThat(last(failing, FiringState.GIVEN_UP).getAttempts()).isEqualTo(3);
            assertThat(last(gone, FiringState.GIVEN_UP).getStatus()).isEqualTo(404);
            assertThat(last(bill, FiringState.GIVEN_UP).getAttempts()).isEqualTo(1);
            assertThat(last(noUrl, FiringState.GIVEN_UP).getReason()).contains("cannot be called");
            letters.awaitCount(
                    PATIENCE, 4, received -> received.value().getReason().equals("notice_not_delivered"));
        }

        assertThat(timesCalled("https://down.example/loss")).isEqualTo(3);
        assertThat(timesCalled("https://down.example/bill")).isEqualTo(1);
    }

    @Test
    void noticeThatIsWrittenTwiceBillsOnceAndOneThatCannotBeReadIsADeadLetter() throws IOException {
        TopicReader<DeadLetter> letters = world.read(world.stack.topics().deadLetters());
        Notice bill = owe(NoticeKind.BILLING, "https://a.example/bill");
        String topic = world.stack.topics().notices().name();
        world.producer()
                .bytes(topic, 1, bill.getId(), wire.writer(topic, Notice.class).write(bill));
        world.producer().bytes(topic, 1, "x", new byte[] {1, 2, 3});
        Notice after = owe(NoticeKind.BILLING, "https://a.example/after");
        try (Notifier notifier = notifier(url -> answered(200))) {
            assertThat(notifier.adminPort()).isPositive();
            last(after, FiringState.FIRED);
        }

        assertThat(called).containsExactlyInAnyOrder("https://a.example/bill", "https://a.example/after");
        assertThat(letters.await(PATIENCE, received -> true).value().getReason())
                .isEqualTo("malformed");
    }

    @Test
    void callsGoThroughTheGuardToWhereTheyAreAllowed() throws IOException {
        World.upstreams().define("told", Behaviour.ofTenAds("told"));
        Notice allowed = owe(NoticeKind.WIN, World.upstreams().tag("told"));
        Notice forbidden = owe(NoticeKind.WIN, "http://10.11.12.13/metadata");
        try (Notifier notifier = Notifier.start(
                world.stack.settings().with(Settings.NOTIFIER_ADMIN_PORT, 0).config(), line -> {})) {
            assertThat(notifier.adminPort()).isPositive();
            last(allowed, FiringState.FIRED);
            assertThat(last(forbidden, FiringState.GIVEN_UP).getReason()).isNotBlank();
        }

        assertThat(World.upstreams().received().count("/vast/told")).isEqualTo(1);
    }
}
