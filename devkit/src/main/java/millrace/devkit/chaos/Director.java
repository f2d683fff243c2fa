package millrace.devkit.chaos;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import millrace.schemas.CampaignStatus;

/** Carries out the timetable. Two threads: one for what must be alone, one for what goes on beside it. */
final class Director {
    private static final Duration ASLEEP = Duration.ofSeconds(8);
    private static final List<String> MODES = List.of("hang", "drip", "reset", "error", "malformed", "oversized");

    private final ChaosPlan plan;
    private final Cluster cluster;
    private final ChaosCatalog catalog;
    private final Operator operator;
    private final Poison poison;
    private final OpenLoad load;
    private final Book book;
    private final InstantSource clock;
    private final Consumer<String> say;
    private final long began;
    private final List<Outage> outages = new ArrayList<>();
    private long swappedBudget;
    private long firstBegan = Long.MAX_VALUE;
    private long lastEnded;

    Director(
            ChaosPlan plan,
            Cluster cluster,
            ChaosCatalog catalog,
            Operator operator,
            Poison poison,
            OpenLoad load,
            Book book,
            InstantSource clock,
            Consumer<String> say,
            long began) {
        this.plan = plan;
        this.cluster = cluster;
        this.catalog = catalog;
        this.operator = operator;
        this.poison = poison;
        this.load = load;
        this.book = book;
        this.clock = clock;
        this.say = say;
        this.began = began;
    }

    /**
     * Takes the steps, each at its time or when the one before has ended. A machine that is behind would make a run without end of it: what is
     * left when the time is over is left out, but for faults that have not come yet.
     */
    void direct(List<Step> steps) {
        Set<Fault> taken = EnumSet.noneOf(Fault.class);
        long end = ChaosPlan.WARM_UP.plus(plan.duration()).minus(ChaosPlan.CALM).toNanos();
        for (Step step : steps) {
            if (!taken.add(step.fault()) && now() > end) {
                continue;
            }
            Players.parkUntil(began + ChaosPlan.WARM_UP.plus(step.at()).toNanos());
            say.accept("%4d s  %s".formatted(now() / 1_000_000_000, step.fault().word()));
            take(step);
        }
    }

    private void take(Step step) {
        long from = now();
        carryOut(step);
        synchronized (outages) {
            firstBegan = Math.min(firstBegan, from);
            lastEnded = Math.max(lastEnded, now());
        }
    }

    private void carryOut(Step step) {
        switch (step.fault()) {
            case KILL -> kill(step);
            case REVIVE -> revive(step);
            case KILLS -> kills(step);
            case RESTART -> restart(step);
            case SCALE -> scale();
            case PAUSE -> pause(step);
            case BROKER -> broker();
            case SWAP -> swap();
            case UPSTREAMS -> upstreams();
            case JOURNAL -> journal();
            case POISON -> poison.pour(step.draw());
            case DUPLICATES, CLOCK -> throw new IllegalArgumentException(step + " has no time of its own");
        }
    }

    private Instance target(Step step) {
        List<Instance> up = cluster.up();
        return up.get(step.oneOf(up.size()));
    }

    private void kill(Step step) {
        Instance instance = target(step);
        if (cluster.up().size() == 1) {
            revive(step);
            return;
        }
        Set<Integer> partitions = cluster.partitionsOf(instance);
        long at = now();
        instance.kill();
        note("kill of " + instance.name(), Outage.Kind.TAKEN_OVER, at, at, partitions);
        rest(9_000);
        cluster.start(List.of(instance));
    }

    private void revive(Step step) {
        Instance instance = target(step);
        Set<Integer> partitions = cluster.partitionsOf(instance);
        long at = now();
        instance.kill();
        long from = now();
        instance.start();
        note("kill of " + instance.name() + ", restarted in place", Outage.Kind.REVIVED, at, from, partitions);
        instance.awaitReady();
        rest(3_000);
    }

    private void kills(Step step) {
        List<Instance> up = new ArrayList<>(cluster.up());
        for (Instance instance : up) {
            Set<Integer> partitions = cluster.partitionsOf(instance);
            long at = now();
            instance.kill();
            note("kill of " + instance.name() + " among others", Outage.Kind.WITH_OTHERS, at, at, partitions);
            rest(step.oneOf(3) * 400L);
        }
        cluster.start(up);
        rest(3_000);
    }

    private void restart(Step step) {
        Instance instance = target(step);
        Set<Integer> partitions = cluster.partitionsOf(instance);
        long at = now();
        instance.stop();
        note("stop of " + instance.name(), Outage.Kind.LEFT, at, at, partitions);
        cluster.start(List.of(instance));
        rest(2_000);
    }

    /** To one, to three, to two, and back to as many as the plan says. */
    private void scale() {
        leave(1);
        rest(1_000);
        join(3);
        rest(1_000);
        leave(2);
        rest(1_000);
        join(plan.instances());
        leave(plan.instances());
    }

    private void leave(int left) {
        List<Instance> up = cluster.up();
        List<Instance> leaving = up.subList(Math.min(left, up.size()), up.size());
        for (Instance instance : leaving) {
            Set<Integer> partitions = cluster.partitionsOf(instance);
            long at = now();
            instance.askToStop();
            note("leave of " + instance.name(), Outage.Kind.LEFT, at, at, partitions);
        }
        leaving.forEach(Instance::stop);
    }

    private void join(int wanted) {
        List<Instance> down = cluster.instances().stream()
                .filter(instance -> !instance.isUp())
                .toList();
        cluster.start(down.subList(0, Math.clamp(wanted - cluster.up().size(), 0, down.size())));
    }

    private void pause(Step step) {
        Instance instance = target(step);
        Set<Integer> partitions = cluster.partitionsOf(instance);
        long at = now();
        instance.pause();
        note("pause of " + instance.name(), Outage.Kind.ASLEEP, at, at, partitions);
        rest(ASLEEP.toMillis());
        instance.resume();
        rest(2_000);
    }

    private void broker() {
        long at = now();
        cluster.broker().kill();
        note(
                "kill of the broker",
                Outage.Kind.BROKER,
                at,
                at,
                IntStream.range(0, ChaosPlan.PARTITIONS).boxed().collect(Collectors.toSet()));
        rest(1_500);
        cluster.broker().start();
        cluster.broker().awaitUp();
        rest(3_000);
    }

    private void swap() {
        swappedBudget = Math.max(swappedBudget, ChaosCatalog.cost(plan.requests() / 12));
        put(CampaignStatus.ACTIVE, swappedBudget * 3 / 2);
        rest(1_500);
        put(CampaignStatus.PAUSED, swappedBudget);
        rest(2_500);
        put(CampaignStatus.ACTIVE, swappedBudget);
        rest(1_500);
        long before = swappedBudget;
        // Below what is out: the excess is what a referee must find, and no more.
        put(
                CampaignStatus.ACTIVE,
                Math.max(1, Math.min(before, ChaosCatalog.cost(book.ads(ChaosCatalog.SWAPPED))) / 2));
        rest(2_500);
        put(CampaignStatus.ACTIVE, before * 5 / 4);
    }

    private void put(CampaignStatus status, long budget) {
        swappedBudget = budget;
        operator.put(catalog.swapped(status, budget));
    }

    private void upstreams() {
        for (int i = 0; i < MODES.size(); i++) {
            String upstream = ChaosCatalog.UPSTREAMS.get(i % ChaosCatalog.UPSTREAMS.size());
            cluster.upstreams().turn(upstream, "mode=" + MODES.get(i));
            rest(1_500);
            cluster.upstreams().turn(upstream, UpstreamDesk.WELL);
        }
    }

    private void journal() {
        ChaosCatalog.UPSTREAMS.forEach(upstream -> cluster.upstreams().turn(upstream, "mode=hang"));
        load.burst(ChaosPlan.PARTITIONS * Cluster.JOURNAL * 2);
        rest(2_000);
        ChaosCatalog.UPSTREAMS.forEach(upstream -> cluster.upstreams().turn(upstream, UpstreamDesk.WELL));
    }

    private void note(String what, Outage.Kind kind, long at, long from, Set<Integer> partitions) {
        synchronized (outages) {
            outages.add(
                    new Outage(what, kind, at, from, partitions, clock.instant().minusNanos(now() - at)));
        }
    }

    List<Outage> outages() {
        synchronized (outages) {
            return List.copyOf(outages);
        }
    }

    /** When the first step began; never, without one. */
    long firstBegan() {
        return firstBegan;
    }

    /** When the last step had ended. */
    long lastEnded() {
        return lastEnded;
    }

    private long now() {
        return System.nanoTime() - began;
    }

    private static void rest(long millis) {
        Players.parkUntil(System.nanoTime() + Duration.ofMillis(millis).toNanos());
    }
}
