package millrace.devkit.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import millrace.config.Settings;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.stack.PipelineSettings;
import millrace.devkit.stack.Services;
import millrace.devkit.stack.Stack;
import millrace.schemas.AdRequest;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.CapScope;
import millrace.schemas.CapWindow;
import millrace.schemas.Creative;
import millrace.schemas.Placement;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.schemas.User;

/** One kill with full stores, from an empty machine to its figures. The pipelines are processes of their own. */
final class RestoreRun {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(3);
    private static final long ASK_AGAIN_MILLIS = 100;
    /** So many requests are on their way at once: deadlines are far, and no journal is full. */
    private static final int OUTSTANDING = 400;

    private static final int FAR_DEADLINE_MILLIS = 60_000;
    private static final int PARTITIONS = 4;
    private static final String PLACEMENT = "restore";

    private final RestorePlan plan;
    private final Path directory;
    private final Consumer<String> progress;

    RestoreRun(RestorePlan plan, Path directory, Consumer<String> progress) {
        this.plan = plan;
        this.directory = directory;
        this.progress = progress;
    }

    /** @throws IllegalStateException if a part does not come up, or answers stay away */
    RestoreFigures run() throws InterruptedException {
        progress.accept("starting broker and registry");
        try (Services services = Services.start();
                Stack stack = Stack.prepare(settings(services));
                AnswerCount answers = new AnswerCount(stack)) {
            stack.put(Placement.newBuilder().setId(PLACEMENT).build());
            stack.put(campaign());
            try (PipelineProcess killed = started(stack.settings(), "first")) {
                if (plan.instances() == 1) {
                    fill(stack, answers);
                    killed.kill();
                    return afterTheKill(stack, answers, stack.settings(), "again");
                }
                try (PipelineProcess other = started(secondOf(stack), "second")) {
                    fill(stack, answers);
                    killed.kill();
                    return measured(stack, answers, other, System.nanoTime());
                }
            }
        }
    }

    private RestoreFigures afterTheKill(Stack stack, AnswerCount answers, PipelineSettings settings, String name)
            throws InterruptedException {
        long dead = System.nanoTime();
        try (PipelineProcess again = PipelineProcess.start(settings, directory, name)) {
            return measured(stack, answers, again, dead);
        }
    }

    private PipelineSettings settings(Services services) {
        return services.settings()
                .with(Settings.TOPICS_PARTITIONS, PARTITIONS)
                .with(Settings.DELIVERY_RESERVATION_TTL, "1h")
                .with(Settings.STREAMS_STANDBY_REPLICAS, plan.standbys());
    }

    private PipelineSettings secondOf(Stack stack) {
        return stack.settings().with(Settings.STATE_DIR, directory.resolve("state-of-the-second"));
    }

    private PipelineProcess started(PipelineSettings settings, String name) {
        progress.accept("starting the " + name + " pipeline");
        PipelineProcess process = PipelineProcess.start(settings, directory, name);
        process.awaitReady(READY_WITHIN);
        return process;
    }

    /** Serves ads until the stores hold as many as the plan says. */
    private void fill(Stack stack, AnswerCount answers) throws InterruptedException {
        for (int number = 0; number < plan.requests(); number++) {
            if (number % 1_000 == 0) {
                progress.accept("serving ads: " + answers.served() + " of " + plan.exposures());
            }
            answers.awaitOutstanding(number, OUTSTANDING, ANSWERED_WITHIN);
            var _ = stack.producer()
                    .start(request("fill-" + number, "user-" + number % plan.users(), plan.adsOfARequest()));
        }
        answers.awaitOutstanding(plan.requests(), 0, ANSWERED_WITHIN);
        progress.accept(
                "served " + answers.served() + " ads; waiting " + plan.settle().toSeconds() + " s");
        Thread.sleep(plan.settle());
    }

    private RestoreFigures measured(Stack stack, AnswerCount answers, PipelineProcess survivor, long dead)
            throws InterruptedException {
        progress.accept("killed; asking every partition");
        Duration first = Duration.ZERO;
        Duration ready = Duration.ZERO;
        long end = System.nanoTime() + ANSWERED_WITHIN.toNanos();
        for (int probe = 0; answers.partitionsHeard() < PARTITIONS; probe++) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("only " + answers.partitionsHeard() + " of " + PARTITIONS
                        + " partitions answer after " + ANSWERED_WITHIN + survivor.shown());
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                stack.producer()
                        .askOn(
                                partition,
                                request(
                                        "probe-" + probe + "-" + partition,
                                        AnswerCount.probe(partition, PARTITIONS),
                                        1));
            }
            Thread.sleep(ASK_AGAIN_MILLIS);
            Duration passed = Duration.ofNanos(System.nanoTime() - dead);
            first = first.isZero() && answers.partitionsHeard() > 0 ? passed : first;
            ready = ready.isZero() && survivor.isReady() ? passed : ready;
        }
        Duration all = Duration.ofNanos(answers.lastHeardNanos() - dead);
        return new RestoreFigures(plan, answers.served(), ready.isZero() ? all : ready, first, all);
    }

    private static AdRequest request(String id, String user, int slots) {
        List<Slot> wanted = IntStream.range(0, slots)
                .mapToObj(slot -> Slot.newBuilder()
                        .setId("s" + slot)
                        .setKind(SlotKind.VIDEO)
                        .build())
                .toList();
        return AdRequest.newBuilder()
                .setId(id)
                .setPlacement(PLACEMENT)
                .setUser(User.newBuilder().setId(user).build())
                .setSlots(wanted)
                .setDeadlineMillis(FAR_DEADLINE_MILLIS)
                .build();
    }

    /** With an ad of its own, and a cap that is read at every decision and refuses nobody. */
    private static Campaign campaign() {
        return Campaign.newBuilder()
                .setId("restore")
                .setAdvertiser("restore.example")
                .setCurrency("USD")
                .setPriceCpmMicros(2_000_000)
                .setCreatives(List.of(Creative.newBuilder()
                        .setId("restore-1")
                        .setMarkup("<VAST version=\"4.2\"/>")
                        .build()))
                .setCaps(List.of(CapRule.newBuilder()
                        .setScope(CapScope.CAMPAIGN)
                        .setLimit(500)
                        .setWindow(CapWindow.ROLLING)
                        .setWindowMillis(Duration.ofDays(1).toMillis())
                        .build()))
                .build();
    }
}
