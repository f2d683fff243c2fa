package millrace.devkit.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import millrace.audit.Audit;
import millrace.audit.Difference;
import millrace.config.Guarantee;
import millrace.devkit.referee.Disturbance;
import millrace.devkit.referee.Evidence;
import millrace.devkit.referee.Referee;
import millrace.devkit.referee.Terms;

/** One run from the first process to the verdict. */
final class ChaosRun implements AutoCloseable {
    /** How wrong a clock may be: behind by so much, or ahead by half of it. */
    private static final Duration WRONG = Duration.ofSeconds(2);

    private static final Duration SKEW = Duration.ofMillis(500);
    private static final Duration EFFECT = Duration.ofSeconds(1);
    /** What has not come after so long without any progress is lost. */
    private static final Duration DRAIN = Duration.ofSeconds(90);

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Executor THREADS =
            work -> Thread.ofPlatform().daemon().name("chaos").start(work);

    private final ChaosPlan plan;
    private final InstantSource clock;
    private final Consumer<String> say;
    private final Path folder;
    private final Cluster cluster;
    private final ChaosCatalog catalog;
    private final Book book = new Book();

    ChaosRun(ChaosPlan plan, Path folder, InstantSource clock, Consumer<String> say) {
        this.plan = plan;
        this.clock = clock;
        this.say = say;
        this.folder = folder;
        this.catalog = new ChaosCatalog(plan.requests(), clock.instant(), plan.duration());
        this.cluster = new Cluster(plan, folder, clockAhead());
    }

    private Duration clockAhead() {
        if (!plan.has(Fault.CLOCK)) {
            return Duration.ZERO;
        }
        return plan.seed() % 2 == 0 ? WRONG.dividedBy(2) : WRONG.negated();
    }

    /**
     * What a run leaves to be judged, and how it was.
     *
     * @param evidence of the topics
     * @param terms that it was judged by
     */
    record Outcome(Evidence evidence, Terms terms, ChaosReport report) {}

    /** @throws IllegalStateException if a part does not come up, or ends on its way */
    Outcome run() {
        cluster.open();
        Clients clients = cluster.clients();
        try (Operator operator = new Operator(clients, cluster.wire(), cluster.topics(), clock);
                Poison poison = new Poison(clients, cluster.wire(), cluster.topics());
                Players players =
                        new Players(clients, cluster.wire(), cluster.topics(), Cluster.REPLIES, book, clock)) {
            catalog.placements().forEach(operator::put);
            catalog.upstreams(cluster.upstreams()).forEach(operator::put);
            catalog.campaigns().forEach(operator::put);
            say.accept("starting " + plan.instances() + " instances");
            cluster.start(cluster.instances().subList(0, plan.instances()));
            return underFire(clients, operator, poison, players);
        }
    }

    private Outcome underFire(Clients clients, Operator operator, Poison poison, Players players) {
        long began = System.nanoTime();
        String run = Long.toString(clock.millis(), Character.MAX_RADIX);
        OpenLoad load = new OpenLoad(plan, new Requests(plan, run, clock), players, began);
        Viewers viewers = new Viewers(
                plan, clients, cluster.wire(), cluster.topics(), Cluster.REPLIES, book, players, clock, began);
        Director director = new Director(plan, cluster, catalog, operator, poison, load, book, clock, say, began);
        Timetable timetable = Timetable.of(plan);
        var asking = CompletableFuture.runAsync(load::run, THREADS);
        var viewing = CompletableFuture.runAsync(viewers::run, THREADS);
        var beside = CompletableFuture.runAsync(() -> director.direct(timetable.beside()), THREADS);
        director.direct(timetable.alone());
        join(beside);
        Players.parkUntil(Math.max(
                began + ChaosPlan.WARM_UP.plus(plan.duration()).toNanos(),
                began + director.lastEnded() + ChaosPlan.CALM.toNanos()));
        load.end();
        join(asking);
        say.accept("%4d s  the load has ended, waiting for answers and impressions".formatted(seconds(began)));
        drain(players, viewers, viewing);
        viewers.end();
        join(viewing);
        List<String> died = died();
        cluster.up().forEach(Instance::stop);
        say.accept("%4d s  at rest, the referee reads".formatted(seconds(began)));
        EvidenceReader reader = new EvidenceReader(clients, cluster.wire(), cluster.topics());
        Evidence evidence = reader.read(book);
        Terms terms = terms(operator, director.outages());
        Buried buried = buried(poison, reader);
        return new Outcome(
                evidence,
                terms,
                report(
                        evidence,
                        terms,
                        load.repeated(),
                        director,
                        buried,
                        reader.audit(evidence, plan.guarantee()),
                        died));
    }

    /** Records that nobody can read, and how many of them are no dead letter. */
    private record Buried(int poisoned, int missing) {}

    private static Buried buried(Poison poison, EvidenceReader reader) {
        Set<String> origins = poison.origins();
        Set<String> buried = reader.buried();
        long missing =
                origins.stream().filter(origin -> !buried.contains(origin)).count();
        return new Buried(origins.size(), (int) missing);
    }

    private static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(cause.getMessage(), cause);
        }
    }

    private void drain(Players players, Viewers viewers, CompletableFuture<Void> viewing) {
        viewers.nobodyAsksAnyMore();
        players.flush();
        await(() -> viewing.isDone() || (book.unanswered() == 0 && viewers.isQuiet()));
        players.flush();
        await(() -> viewing.isDone() || book.unrecorded() == 0);
        // Whatever should not come has this long to come all the same.
        Players.parkUntil(System.nanoTime() + SETTLE.toNanos());
    }

    /** Waits as long as something still comes: a machine that is behind is slow, and that is no loss. */
    private void await(BooleanSupplier reached) {
        long waiting = Long.MAX_VALUE;
        long end = System.nanoTime() + DRAIN.toNanos();
        while (!reached.getAsBoolean() && System.nanoTime() < end) {
            long left = book.unanswered() + book.unrecorded();
            if (left < waiting) {
                waiting = left;
                end = System.nanoTime() + DRAIN.toNanos();
            }
            Players.parkUntil(System.nanoTime() + 200_000_000);
        }
    }

    private List<String> died() {
        return cluster.up().stream()
                .filter(instance -> !instance.isAlive())
                .map(Instance::name)
                .toList();
    }

    private ChaosReport report(
            Evidence evidence,
            Terms terms,
            int repeated,
            Director director,
            Buried buried,
            Audit.Result audit,
            List<String> died) {
        List<Arrived> arrived = book.arrived();
        List<Outage> outages = director.outages();
        long first = Math.min(
                director.firstBegan(), ChaosPlan.WARM_UP.plus(plan.duration()).toNanos());
        return new ChaosReport(
                plan,
                Referee.judge(evidence, terms),
                evidence.asked().size(),
                repeated,
                arrived.size(),
                arrived.stream().mapToInt(Arrived::overloaded).sum(),
                Latencies.between(arrived, ChaosPlan.WARM_UP.toNanos(), first),
                Latencies.between(arrived, first, director.lastEnded()),
                Latencies.between(arrived, director.lastEnded(), Long.MAX_VALUE),
                outages.stream().map(outage -> Recovery.of(outage, arrived)).toList(),
                ChaosReport.leaseEmpty(arrived.stream().filter(each -> each.at() < first)),
                ChaosReport.leaseEmpty(arrived.stream().filter(each -> ChaosReport.isSoonAfterKill(each, outages))),
                buried.poisoned(),
                buried.missing(),
                audit.accounts().size(),
                audit.differences().stream().map(Difference::toString).toList(),
                errors(),
                died);
    }

    private Terms terms(Operator operator, List<Outage> outages) {
        Duration skew = plan.has(Fault.CLOCK) ? WRONG.plus(SKEW) : SKEW;
        return new Terms(operator.told(), catalog.placements(), skew, EFFECT, excuses(outages));
    }

    /** Under exactly-once there is no excuse. */
    private List<Disturbance> excuses(List<Outage> outages) {
        if (plan.guarantee() == Guarantee.EXACTLY_ONCE_V2) {
            return List.of();
        }
        return outages.stream().map(Outage::disturbance).toList();
    }

    private List<String> errors() {
        return cluster.instances().stream()
                .flatMap(instance -> lines(instance.log())
                        .filter(line -> line.contains(" ERROR "))
                        .map(line -> instance.name() + ": " + line.substring(0, Math.min(200, line.length()))))
                .toList();
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.exists(log) ? Files.readAllLines(log).stream() : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("log " + log + " cannot be read", e);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
