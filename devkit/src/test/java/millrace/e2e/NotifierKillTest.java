package millrace.e2e;

import static millrace.e2e.World.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import millrace.config.Settings;
import millrace.devkit.http.LoopbackServer;
import millrace.devkit.http.Reaction;
import millrace.devkit.http.Reply;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.stack.Ports;
import millrace.devkit.stack.TopicReader;
import millrace.schemas.FiredNotice;
import millrace.schemas.FiringState;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notifier in a process of its own dies without a word while it calls, and another takes over. */
class NotifierKillTest {
    private static final int OF_EACH_KIND = 40;

    @TempDir
    private Path folder;

    private final Map<String, Integer> called = new ConcurrentHashMap<>();
    private final AtomicBoolean answering = new AtomicBoolean();

    /** Of whom notices are owed to. Until it answers, it takes calls and says nothing. */
    private Reaction receive(Request request) {
        called.merge(request.path(), 1, Integer::sum);
        return answering.get() ? Reaction.now(Response.of(204)) : new Reaction(Duration.ZERO, new Reply.Silence());
    }

    private PipelineProcess notifier(World world, String name) throws IOException {
        int port = Ports.anyFree();
        Path config = folder.resolve(name + ".toml");
        Files.writeString(
                config,
                world.stack
                        .settings()
                        .with(Settings.NOTIFIER_ADMIN_PORT, port)
                        .with(Settings.NOTIFIER_HOST_CALLS_MAX, OF_EACH_KIND)
                        .toml());
        return PipelineProcess.start(
                PipelineCommand.small(config).running("notifier"),
                folder.resolve(name + ".log"),
                URI.create("http://127.0.0.1:" + port));
    }

    private static Notice notice(NoticeKind kind, int number, LoopbackServer receiver) {
        return Notice.newBuilder()
                .setId(kind + "-" + number)
                .setKind(kind)
                .setUrl("http://127.0.0.1:" + receiver.port() + "/" + kind + "/" + number)
                .setRequestId("r")
                .setSlotId("s")
                .setAt(1)
                .build();
    }

    private long called(NoticeKind kind) {
        return called.keySet().stream()
                .filter(target -> target.startsWith("/" + kind + "/"))
                .count();
    }

    @Test
    void billsAreCalledAtMostOnceAndWinsAndLossesAtLeastOnceAcrossAKill() throws IOException {
        try (LoopbackServer receiver = LoopbackServer.start(0, this::receive);
                World world = World.of("notifier-kill");
                Wire wire = Wire.open(RegistrySettings.of(world.stack
                        .config()
                        .get(Settings.REGISTRY_URLS)
                        .getFirst()
                        .toString()))) {
            String topic = world.stack.topics().notices().name();
            wire.register(
                    Map.of(topic, SpecificData.get().getSchema(Notice.class)), RegistrationPolicy.DEFAULT, line -> {});
            TopicReader<FiredNotice> fired = world.read(world.stack.topics().noticesFired());
            List<Notice> owed = new ArrayList<>();
            for (int i = 0; i < OF_EACH_KIND; i++) {
                owed.add(notice(NoticeKind.BILLING, i, receiver));
                owed.add(notice(i % 2 == 0 ? NoticeKind.WIN : NoticeKind.LOSS, i, receiver));
            }
            try (PipelineProcess dying = notifier(world, "dying")) {
                dying.awaitReady(PATIENCE);
                for (int i = 0; i < owed.size(); i++) {
                    Notice notice = owed.get(i);
                    world.producer()
                            .bytes(
                                    topic,
                                    i % World.PARTITIONS,
                                    notice.getId(),
                                    wire.writer(topic, Notice.class).write(notice));
                }
                await().atMost(PATIENCE).until(() -> called(NoticeKind.BILLING) > 0 && called(NoticeKind.WIN) > 0);

                dying.kill();
            }
            Map<String, Integer> before = Map.copyOf(called);
            answering.set(true);
            try (PipelineProcess next = notifier(world, "next")) {
                next.awaitReady(PATIENCE);
                for (Notice notice : owed) {
                    boolean begun = before.containsKey(target(notice));
                    FiringState end =
                            notice.getKind() == NoticeKind.BILLING && begun ? FiringState.STARTED : FiringState.FIRED;
                    if (notice.getKind() != NoticeKind.BILLING || begun) {
                        fired.await(
                                PATIENCE,
                                received -> received.value().getId().equals(notice.getId())
                                        && received.value().getState() == end);
                    }
                }
                // Behind all the others on each partition, so that what could still be called has been.
                for (int partition = 0; partition < World.PARTITIONS; partition++) {
                    Notice last = notice(NoticeKind.BILLING, OF_EACH_KIND + partition, receiver);
                    world.producer()
                            .bytes(
                                    topic,
                                    partition,
                                    last.getId(),
                                    wire.writer(topic, Notice.class).write(last));
                    fired.await(
                            PATIENCE,
                            received -> received.value().getId().equals(last.getId())
                                    && received.value().getState() == FiringState.FIRED);
                }
            }

            assertThat(before).as("what was on its way at the kill").isNotEmpty();
            assertThat(owed).allSatisfy(notice -> {
                int times = called.getOrDefault(target(notice), 0);
                if (notice.getKind() == NoticeKind.BILLING) {
                    assertThat(times).as("calls of %s", notice.getId()).isLessThanOrEqualTo(1);
                } else {
                    assertThat(times)
                            .as("calls of %s", notice.getId())
                            .isGreaterThan(before.getOrDefault(target(notice), 0));
                }
            });
            assertThat(fired.values(
                            one -> one.getKind() == NoticeKind.BILLING && one.getState() == FiringState.STARTED))
                    .extracting(FiredNotice::getId)
                    .as("no bill is begun twice")
                    .doesNotHaveDuplicates();
        }
    }

    private static String target(Notice notice) {
        return "/" + notice.getKind() + "/"
                + notice.getId().substring(notice.getId().indexOf('-') + 1);
    }
}
