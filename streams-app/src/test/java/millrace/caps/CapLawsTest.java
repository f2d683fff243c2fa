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
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.catalog.CapSpan.Calendar.Unit;
import millrace.catalog.LiveCatalog;
import millrace.catalog.Placement;
import millrace.money.Cpm;
import millrace.schemas.CapScope;
import millrace.schemas.SlotKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In any interleaving of requests in flight, impressions, ends of reservations and late impressions, with clocks that differ: no rule of
 * any kind of window is ever exceeded, and nothing is refused that would have fitted. The model is a list of what was counted.
 */
class CapLawsTest {
    /** An hour before the clocks of New York go back, in milliseconds. */
    private static final long START = Instant.parse("2026-11-01T04:00:00Z").toEpochMilli();

    private static final List<CapScope> SCOPES = List.of(CapScope.values());
    private static final String[] USERS = {"u1", "u11"};
    private static final CapSettings SETTINGS =
            new CapSettings(Duration.ofDays(31), Duration.ofHours(1), Duration.ofHours(1));

    /** What was counted: the model's own words for it. */
    private record Counted(CapSubject subject, long at, long session, int pod, long reservation, boolean shown) {}

    /** A request in flight, which decides a slot now and then. */
    private record Flight(int pod, String user, long session, UserCaps caps) {}

    @TempDir
    Path directory;

    private final Map<String, List<Counted>> model = new HashMap<>();
    private final Map<String, List<Counted>> givenBack = new HashMap<>();
    /** What requests show; an ad that is given back is still in its answer. */
    private final List<Counted> shown = new ArrayList<>();

    private final List<Flight> flights = new ArrayList<>();
    private long next;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noRuleIsEverExceededAndNothingThatFitsIsRefused(int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<CapRule> rules = rules(random);
        LiveCatalog catalog = new LiveCatalog();
        List.of("p0", "p1").forEach(id -> catalog.placements().put(placement(id, rules)));
        try (CapStores stores = CapStores.open(directory, SETTINGS)) {
            FrequencyCaps caps = stores.caps(SETTINGS, catalog::lifetime);
            for (int step = 0; step < 250; step++) {
                int dice = random.nextInt(10);
                if (flights.size() < 2 || dice == 0) {
                    open(random, caps);
                } else if (dice < 7) {
                    decide(random, rules);
                } else {
                    settle(random, caps);
                }
            }
            model.forEach((user, counted) ->
                    assertThat(caps.reading().exposures(user, START).size()).isEqualTo(counted.size()));
        }
    }

    private void open(RandomGenerator random, FrequencyCaps caps) {
        String user = USERS[random.nextInt(USERS.length)];
        long session = random.nextInt(3);
        Viewer viewer = new Viewer(user, session, Instant.ofEpochMilli(START));
        if (flights.size() > 4) {
            flights.remove(random.nextInt(flights.size()));
        }
        flights.add(new Flight((int) next++, user, session, caps.of(viewer)));
    }

    /** A decision as the decision room makes it; now and then behind the newest one. */
    private void decide(RandomGenerator random, List<CapRule> rules) {
        Flight flight = flights.get(random.nextInt(flights.size()));
        List<Counted> counted = model.computeIfAbsent(flight.user(), name -> new ArrayList<>());
        Instant now = Instant.ofEpochMilli(START + moment(random));
        Counted ad = new Counted(subject(random), now.toEpochMilli(), flight.session(), flight.pod(), next++, false);
        for (CapRule rule : rules) {
            assertThat(flight.caps().remaining(rule, ad.subject(), now))
                    .as("%s", rule)
                    .isEqualTo(Math.max(0, rule.limit() - most(rule, counted, ad)));
        }

        CapVerdict verdict = flight.caps().check(rules, ad.subject(), now);

        boolean fits = rules.stream().allMatch(rule -> most(rule, counted, ad) < rule.limit());
        assertThat(verdict instanceof CapVerdict.Allowed)
                .as("%s at %s", verdict, now)
                .isEqualTo(fits);
        if (fits) {
            assertThat(flight.caps().reserve(ad.subject(), now, ad.reservation()))
                    .isTrue();
            counted.add(ad);
            shown.add(ad);
        }
    }

    private void settle(RandomGenerator random, FrequencyCaps caps) {
        String user = USERS[random.nextInt(USERS.length)];
        List<Counted> counted = model.computeIfAbsent(user, name -> new ArrayList<>());
        List<Counted> late = givenBack.computeIfAbsent(user, name -> new ArrayList<>());
        if (!late.isEmpty() && random.nextInt(4) == 0) {
            Counted ad = late.remove(random.nextInt(late.size()));
            Instant seen = Instant.ofEpochMilli(ad.at() + random.nextInt(100_000));
            for (int again = 0; again < 2; again++) {
                caps.addLate(user, Exposure.reserved(seen, ad.subject(), ad.session(), ad.reservation()));
            }
            counted.add(new Counted(ad.subject(), seen.toEpochMilli(), ad.session(), -1, ad.reservation(), true));
        } else if (!counted.isEmpty()) {
            int index = random.nextInt(counted.size());
            Counted ad = counted.get(index);
            Instant at = Instant.ofEpochMilli(ad.at());
            if (random.nextBoolean()) {
                caps.confirm(user, at, ad.reservation());
                counted.set(index, new Counted(ad.subject(), ad.at(), ad.session(), ad.pod(), ad.reservation(), true));
            } else {
                caps.release(user, at, ad.reservation());
                caps.release(user, at, ad.reservation());
                if (!ad.shown()) {
                    late.add(counted.remove(index));
                }
            }
        }
    }

    /** How many of the rule's ads there are in the fullest of its windows that the ad would be in, counted one window at a time. */
    private int most(CapRule rule, List<Counted> counted, Counted ad) {
        List<Counted> all = rule.span() instanceof CapSpan.Pod ? shown : counted;
        List<Counted> same = all.stream()
                .filter(other -> ad.subject().isSame(rule.scope(), other.subject()))
                .toList();
        return switch (rule.span()) {
            case CapSpan.Pod pod -> count(same.stream().map(Counted::pod).toList(), ad.pod());
            case CapSpan.Session session ->
                count(same.stream().map(Counted::session).toList(), ad.session());
            case CapSpan.Lifetime ever -> same.size();
            case CapSpan.Calendar calendar ->
                count(same.stream().map(other -> clock(calendar, other.at())).toList(), clock(calendar, ad.at()));
            case CapSpan.Rolling rolling -> rolling(rolling.length().toMillis(), same, ad.at());
        };
    }

    private static <T> int count(List<T> all, T wanted) {
        return (int) all.stream().filter(wanted::equals).count();
    }

    private static int rolling(long length, List<Counted> same, long at) {
        List<Long> ends = new ArrayList<>(List.of(at));
        same.stream().map(Counted::at).filter(t -> t >= at && t < at + length).forEach(ends::add);
        return ends.stream()
                .mapToInt(end -> (int) same.stream()
                        .filter(other -> other.at() > end - length && other.at() <= end)
                        .count())
                .max()
                .orElseThrow();
    }

    private static String clock(CapSpan.Calendar span, long at) {
        String local =
                Instant.ofEpochMilli(at).atZone(span.zone()).toLocalDateTime().toString();
        return span.unit() == Unit.HOUR ? local.substring(0, 13) : local.substring(0, 10);
    }

    private static List<CapRule> rules(RandomGenerator random) {
        List<CapRule> rules = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            CapScope scope = SCOPES.get(random.nextInt(SCOPES.size()));
            CapSpan span = span(random);
            int most = span instanceof CapSpan.Lifetime ? 40 : span instanceof CapSpan.Session ? 20 : 8;
            rules.add(new CapRule(scope, 1 + random.nextInt(most), span));
        }
        return rules;
    }

    private static CapSpan span(RandomGenerator random) {
        ZoneId zone = ZoneId.of(random.nextBoolean() ? "America/New_York" : "Asia/Kathmandu");
        return switch (random.nextInt(8)) {
            case 0 -> new CapSpan.Calendar(Unit.HOUR, zone);
            case 1 -> new CapSpan.Calendar(Unit.DAY, zone);
            case 2 -> new CapSpan.Session();
            case 3 -> new CapSpan.Pod();
            case 4 -> new CapSpan.Lifetime();
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

    private static Placement placement(String id, List<CapRule> rules) {
        return new Placement(
                id,
                SlotKind.VIDEO,
                "USD",
                Cpm.FREE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                rules,
                Optional.empty());
    }
}
