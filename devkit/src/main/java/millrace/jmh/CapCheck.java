package millrace.jmh;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.caps.CapSettings;
import millrace.caps.CapSubject;
import millrace.caps.CapVerdict;
import millrace.caps.FrequencyCaps;
import millrace.caps.UserCaps;
import millrace.caps.Viewer;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.catalog.CapSpan.Calendar.Unit;
import millrace.catalog.LifetimeInterest;
import millrace.schemas.CapScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the caps of one request cost before anybody is asked: 20 candidates with three rules each, of one of 50,000 users in RocksDB. One in
 * ten has 100 exposures in the last seven days, the others ten. Every rule has room, so none is skipped.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 4, time = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"})
public class CapCheck {
    private static final Instant NOW = Instant.parse("2026-03-10T12:34:56.789Z");
    private static final int USERS = 50_000;
    private static final int HEAVY_EVERY = 10;
    private static final int CANDIDATES = 20;
    private static final List<CapRule> RULES = List.of(
            new CapRule(CapScope.CAMPAIGN, 500, new CapSpan.Rolling(Duration.ofHours(1))),
            new CapRule(CapScope.ADVERTISER, 500, new CapSpan.Calendar(Unit.DAY, ZoneId.of("Europe/Berlin"))),
            new CapRule(CapScope.USER, 500, new CapSpan.Rolling(Duration.ofDays(7))));

    /** Exposures of the users that ask. */
    @Param({"10", "100"})
    int exposures;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final List<CapSubject> candidates = new ArrayList<>();
    private BenchStores stores;
    private FrequencyCaps caps;

    @SuppressWarnings("NullAway.Init") // JMH calls fill before anything else.
    public CapCheck() {}

    @Setup
    public void fill() throws IOException {
        for (int i = 0; i < CANDIDATES; i++) {
            candidates.add(CapSubject.beforeTheAnswer("campaign-" + i, "advertiser-" + i % 7 + ".example", "preroll"));
        }
        stores = BenchStores.of(FrequencyCaps.stores(CapSettings.DEFAULT));
        stores.run(context -> caps = new FrequencyCaps(
                context.getStateStore(FrequencyCaps.STORE),
                context.getStateStore(FrequencyCaps.LIFETIME),
                CapSettings.DEFAULT,
                () -> LifetimeInterest.NONE));
        for (int first = 0; first < USERS; first += 500) {
            int from = first;
            stores.run(context -> {
                for (int user = from; user < from + 500; user++) {
                    fill(user);
                }
            });
        }
    }

    private void fill(int user) {
        int count = user % HEAVY_EVERY == 0 ? 100 : 10;
        UserCaps one = caps.of(viewer(user));
        for (int i = 0; i < count; i++) {
            CapSubject ad = new CapSubject(
                    "campaign-" + random.nextInt(40),
                    "creative-" + random.nextInt(80),
                    "advertiser-" + random.nextInt(12) + ".example",
                    "preroll",
                    "upstream-" + random.nextInt(3));
            Instant at = NOW.minusMillis(random.nextLong(Duration.ofDays(7).toMillis()));
            one.reserve(ad, at, random.nextLong());
        }
    }

    @TearDown
    public void close() {
        stores.close();
    }

    @Benchmark
    public int checkTwentyCandidates() {
        int user = random.nextInt(USERS / HEAVY_EVERY) * HEAVY_EVERY + (exposures == 100 ? 0 : 1);
        UserCaps request = caps.of(viewer(user));
        for (int i = 0; i < CANDIDATES; i++) {
            request.foresee(RULES, NOW);
        }
        int allowed = 0;
        for (CapSubject candidate : candidates) {
            allowed += request.check(RULES, candidate, NOW) instanceof CapVerdict.Allowed ? 1 : 0;
        }
        if (allowed != CANDIDATES) {
            throw new IllegalStateException("only " + allowed + " were allowed, so not every rule was looked at");
        }
        return allowed;
    }

    private static Viewer viewer(int user) {
        return new Viewer("user-" + user, user, NOW);
    }
}
