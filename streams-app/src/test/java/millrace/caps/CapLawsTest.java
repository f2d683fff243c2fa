package millrace.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.catalog.CapSpan.Calendar.Unit;
import millrace.schemas.CapScope;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In any interleaving no rule is ever exceeded, and nothing is refused that would have fitted. */
class CapLawsTest {
    /** An hour before the clocks of New York go back, in milliseconds. */
    private static final long START = Instant.parse("2026-11-01T04:00:00Z").toEpochMilli();

    private static final CapRule ALL_OF_IT = new CapRule(CapScope.USER, 500, new CapSpan.Rolling(Duration.ofHours(7)));

    private static final List<CapScope> SCOPES = List.of(CapScope.values());
    private static final String[] USERS = {"u1", "u11"};

    @TempDir
    Path directory;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noRuleIsEverExceededAndNothingThatFitsIsRefused(int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<CapRule> rules = rules(random);
        WindowStore<String, byte[]> store = ExposureStore.open(directory, CapSettings.DEFAULT);
        FrequencyCaps caps = new FrequencyCaps(store, CapSettings.DEFAULT);
        Map<String, List<Exposure>> model = new HashMap<>();
        for (int step = 0; step < 250; step++) {
            String user = USERS[random.nextInt(USERS.length)];
            List<Exposure> counted = model.computeIfAbsent(user, name -> new ArrayList<>());
            if (random.nextInt(10) < 7) {
                decide(random, caps, rules, user, counted, step);
            } else if (!counted.isEmpty()) {
                settle(random, caps, user, counted);
            }
        }
        store.close();
    }

    /** A decision as the decision room makes it; now and then behind the newest one. */
    private static void decide(
            RandomGenerator random,
            FrequencyCaps caps,
            List<CapRule> rules,
            String user,
            List<Exposure> counted,
            long reservation) {
        Instant now = Instant.ofEpochMilli(START + moment(random));
        CapSubject subject = subject(random);
        Exposures view = caps.exposuresOf(user, rules, now);
        CapVerdict verdict = caps.check(rules, subject, view, now);
        Exposure exposure = Exposure.reserved(now, subject, reservation);
        List<Exposure> then = new ArrayList<>(counted);
        then.add(exposure);
        boolean fits = rules.stream().allMatch(rule -> holds(rule, then, subject));
        assertThat(verdict instanceof CapVerdict.Allowed)
                .as("%s at %s", verdict, now)
                .isEqualTo(fits);
        if (fits) {
            assertThat(caps.reserve(user, exposure)).isTrue();
            counted.add(exposure);
        }
        assertThat(caps.exposuresOf(user, List.of(ALL_OF_IT), now).size()).isEqualTo(counted.size());
    }

    private static void settle(RandomGenerator random, FrequencyCaps caps, String user, List<Exposure> counted) {
        int index = random.nextInt(counted.size());
        Exposure exposure = counted.get(index);
        if (random.nextBoolean()) {
            caps.confirm(user, exposure.at(), exposure.reservation());
            counted.set(index, exposure.shown());
        } else {
            caps.release(user, exposure.at(), exposure.reservation());
            if (exposure.state() == Exposure.State.RESERVED) {
                counted.remove(index);
            }
        }
    }

    /** The rule by its definition: every window that ends at an exposure, counted one by one. */
    private static boolean holds(CapRule rule, List<Exposure> exposures, CapSubject subject) {
        List<Exposure> concerned = exposures.stream()
                .filter(e -> e.concerns(rule.scope(), subject))
                .toList();
        return concerned.stream()
                .allMatch(last -> concerned.stream()
                                .filter(e -> together(rule.span(), e.at(), last.at()))
                                .count()
                        <= rule.limit());
    }

    private static boolean together(CapSpan span, Instant earlier, Instant end) {
        return switch (span) {
            case CapSpan.Rolling rolling ->
                !earlier.isAfter(end) && Duration.between(earlier, end).compareTo(rolling.length()) < 0;
            case CapSpan.Calendar calendar -> clock(calendar, earlier).equals(clock(calendar, end));
        };
    }

    private static String clock(CapSpan.Calendar span, Instant at) {
        String local = at.atZone(span.zone()).toLocalDateTime().toString();
        return span.unit() == Unit.HOUR ? local.substring(0, 13) : local.substring(0, 10);
    }

    private static List<CapRule> rules(RandomGenerator random) {
        List<CapRule> rules = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            CapScope scope = SCOPES.get(random.nextInt(SCOPES.size()));
            rules.add(new CapRule(scope, 1 + random.nextInt(8), span(random)));
        }
        return rules;
    }

    private static CapSpan span(RandomGenerator random) {
        ZoneId zone = ZoneId.of(random.nextBoolean() ? "America/New_York" : "Asia/Kathmandu");
        return switch (random.nextInt(4)) {
            case 0 -> new CapSpan.Calendar(Unit.HOUR, zone);
            case 1 -> new CapSpan.Calendar(Unit.DAY, zone);
            default -> new CapSpan.Rolling(length(random));
        };
    }

    /** Half of them on a grid of minutes, so that ads are exactly one length apart now and then. */
    private static Duration length(RandomGenerator random) {
        return random.nextBoolean()
                ? Duration.ofMinutes(10 * (1L + random.nextInt(18)))
                : Duration.ofMillis(1 + random.nextLong(Duration.ofHours(3).toMillis()));
    }

    private static long moment(RandomGenerator random) {
        return random.nextBoolean()
                ? Duration.ofMinutes(10 * random.nextLong(36)).toMillis()
                : random.nextLong(Duration.ofHours(6).toMillis());
    }

    private static CapSubject subject(RandomGenerator random) {
        return new CapSubject(
                "c" + random.nextInt(2),
                "cr" + random.nextInt(3),
                "a" + random.nextInt(2),
                "p" + random.nextInt(2),
                "u" + random.nextInt(2));
    }
}
