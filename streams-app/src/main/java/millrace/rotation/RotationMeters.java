package millrace.rotation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What rotations count and say, over all partitions of a process. Safe for any thread. */
public final class RotationMeters implements RotationListener {
    private static final Logger LOG = LoggerFactory.getLogger(RotationMeters.class);

    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Map<Chooser, Counter> choices = new EnumMap<>(Chooser.class);
    private final Counter failovers;
    private final Counter retries;
    private final Counter hedges;
    private final Counter opened;
    private final Counter closed;
    private final MeterRegistry registry;
    /** Of each upstream whose breaker has opened, whether it is open: as many as the catalog has had. */
    private final ConcurrentMap<String, AtomicInteger> open = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, PluginFailures> plugins = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    public RotationMeters(MeterRegistry registry) {
        this(registry, System::nanoTime);
    }

    /** @param nanoTime by which one failing plugin does not fill the log */
    RotationMeters(MeterRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        for (Chooser chooser : Chooser.values()) {
            choices.put(
                    chooser,
                    Counter.builder("millrace.rotation.choices")
                            .description("upstreams chosen, by who chose")
                            .tag("by", chooser.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        failovers = Counter.builder("millrace.rotation.failovers")
                .description("sessions and users that could not stay with their upstream")
                .register(registry);
        retries = Counter.builder("millrace.rotation.retries")
                .description("slots whose pool had failed and was asked again")
                .register(registry);
        hedges = Counter.builder("millrace.rotation.hedges")
                .description("second upstreams asked because the first took long")
                .register(registry);
        opened = breakers(registry, "opened");
        closed = breakers(registry, "closed");
        Gauge.builder("millrace.rotation.breakers.open", open, RotationMeters::howMany)
                .description("breakers of this process that are open")
                .strongReference(true)
                .register(registry);
    }

    private static Counter breakers(MeterRegistry registry, String became) {
        return Counter.builder("millrace.rotation.breakers")
                .description("breakers of upstreams that opened or closed")
                .tag("became", became)
                .register(registry);
    }

    private static double howMany(Map<String, AtomicInteger> states) {
        return states.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    private AtomicInteger state(String upstream) {
        AtomicInteger state = new AtomicInteger();
        Gauge.builder("millrace.rotation.breaker.open", state, AtomicInteger::doubleValue)
                .description("1 while the breaker of an upstream is open, 0 once it was and is not")
                .tag("upstream", upstream)
                .strongReference(true)
                .register(registry);
        return state;
    }

    @Override
    public void chose(Chooser chooser) {
        Objects.requireNonNull(choices.get(chooser)).increment();
    }

    @Override
    public void failedOver() {
        failovers.increment();
    }

    @Override
    public void retried() {
        retries.increment();
    }

    @Override
    public void hedged() {
        hedges.increment();
    }

    @Override
    public void breakerOpened(String upstream) {
        opened.increment();
        open.computeIfAbsent(upstream, this::state).set(1);
        LOG.atWarn().addKeyValue("upstream", upstream).log("upstream fails too often; it is left alone for a while");
    }

    @Override
    public void breakerClosed(String upstream) {
        closed.increment();
        open.computeIfAbsent(upstream, this::state).set(0);
        LOG.atInfo().addKeyValue("upstream", upstream).log("upstream answers again");
    }

    @Override
    public void pluginFailed(String plugin, Throwable why) {
        plugins.computeIfAbsent(plugin, PluginFailures::new).add(why);
    }

    /** Of one plugin: all are counted, and one in ten seconds is told. */
    private final class PluginFailures {
        private final String plugin;
        private final Counter counter;
        private final AtomicLong untold = new AtomicLong();
        private final AtomicLong nextAt;

        PluginFailures(String plugin) {
            this.plugin = plugin;
            this.nextAt = new AtomicLong(nanoTime.getAsLong());
            this.counter = Counter.builder("millrace.rotation.plugin.failures")
                    .description("calls of plugins that failed, so that their fallback served")
                    .tag("plugin", plugin)
                    .register(registry);
        }

        void add(Throwable why) {
            counter.increment();
            untold.incrementAndGet();
            long now = nanoTime.getAsLong();
            long due = nextAt.get();
            if (now - due >= 0 && nextAt.compareAndSet(due, now + QUIET_NANOS)) {
                StackTraceElement[] trace = why.getStackTrace();
                LOG.atWarn()
                        .addKeyValue("plugin", plugin)
                        .addKeyValue("failures", untold.getAndSet(0))
                        .addKeyValue("cause", shown(why))
                        // One line of it: a stack that was used up would be a thousand.
                        .addKeyValue("at", trace.length == 0 ? "" : trace[0])
                        .log("plugin failed; its fallback serves");
            }
        }
    }

    /** Its own text may fail as well. */
    private static String shown(Throwable why) {
        try {
            String text = String.valueOf(why);
            return text.substring(0, Math.min(text.length(), 300));
        } catch (Throwable e) {
            // It is a plugin's own class; that it was, is all that can be said.
            return why.getClass().getName();
        }
    }
}
