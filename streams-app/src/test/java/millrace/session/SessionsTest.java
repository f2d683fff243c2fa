package millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import millrace.money.Money;
import millrace.schemas.AdRequest;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final UserKey ANN = new UserKey("ann");
    private static final UserKey BOB = new UserKey("bob");
    private static final Money CENT = new Money(10_000_000);

    @TempDir
    Path directory;

    private KeyValueStore<String, byte[]> store;
    private Sessions sessions;

    @BeforeEach
    void open() {
        store = SessionStore.open(directory);
        sessions = new Sessions(store, new SessionSettings(TIMEOUT, 10));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void firstRequestBeginsASession() {
        Session session = begin(ANN, NOON);

        assertThat(session.requests()).isOne();
        assertThat(session.startedAt()).isEqualTo(NOON);
        assertThat(session.id()).matches("[0-9a-f]{16}");
        assertThat(sessions.find(ANN)).contains(session);
        assertThat(sessions.find(BOB)).isEmpty();
    }

    @Test
    void requestWithinTheTimeoutContinuesIt() {
        Session first = begin(ANN, NOON);

        Session second = begin(ANN, NOON.plus(TIMEOUT).minusMillis(1));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.requests()).isEqualTo(2);
        assertThat(second.startedAt()).isEqualTo(NOON);
    }

    @Test
    void upstreamsOfTheSessionEndWithItAndThoseOfTheUserStay() {
        begin(ANN, NOON);
        sessions.keep(ANN, "a", NOON);
        sessions.keep(ANN, "b", NOON);
        sessions.keep(ANN, "a", NOON);
        sessions.keepForUser(ANN, "c", NOON);
        assertThat(sessions.find(ANN).orElseThrow().kept()).isEqualTo(new Kept(List.of("a", "b"), List.of("c")));

        begin(ANN, NOON.plus(TIMEOUT));

        assertThat(sessions.find(ANN).orElseThrow().kept()).isEqualTo(new Kept(List.of(), List.of("c")));
    }

    @Test
    void onlyTheLatestFewUpstreamsAreKept() {
        begin(ANN, NOON);
        IntStream.range(0, 20).forEach(i -> sessions.keep(ANN, "u" + i, NOON));

        assertThat(sessions.find(ANN).orElseThrow().kept().inSession())
                .containsExactly("u19", "u18", "u17", "u16", "u15", "u14", "u13", "u12");
    }

    @Test
    void requestAfterTheTimeoutBeginsANewOneWithNothingOfTheOld() {
        Session first = begin(ANN, NOON);
        sessions.shown(ANN, "c1", CENT, "USD", NOON);
        sessions.cookies(ANN, Map.of("up1/a", "b"), NOON);

        Session second = begin(ANN, NOON.plus(TIMEOUT));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.requests()).isOne();
        assertThat(second.campaigns()).isEmpty();
        assertThat(second.cookies()).isEqualTo(Cookies.NONE);
    }

    @Test
    void producersSessionIdStands() {
        Session named = sessions.begin(request("r1", "tv-1"), ANN, NOON);
        Session unnamed = sessions.begin(request("r2", null), ANN, NOON.plusSeconds(1));
        Session shared = sessions.begin(request("r3", "unknown"), ANN, NOON.plusSeconds(2));
        Session after = sessions.begin(request("r4", "tv-1"), ANN, NOON.plus(TIMEOUT.multipliedBy(2)));

        assertThat(named.id()).isEqualTo("tv-1");
        assertThat(unnamed.id()).isEqualTo("tv-1");
        assertThat(shared.requests()).isEqualTo(3);
        assertThat(after.id()).isEqualTo("tv-1");
        assertThat(after.requests())
                .as("idle all the same: a new one of that name")
                .isOne();
    }

    @Test
    void otherSessionIdOfTheProducerBeginsAnother() {
        sessions.begin(request("r1", "tv-1"), ANN, NOON);

        Session other = sessions.begin(request("r2", "tv-2"), ANN, NOON.plusSeconds(1));

        assertThat(other.id()).isEqualTo("tv-2");
        assertThat(other.requests()).isOne();
    }

    @Test
    void impressionsAreCountedAndKeepASessionAlive() {
        begin(ANN, NOON);

        sessions.shown(ANN, "c1", CENT, "USD", NOON.plus(Duration.ofMinutes(20)));
        sessions.shown(ANN, "c2", CENT, "EUR", NOON.plus(Duration.ofMinutes(10)));
        sessions.shown(ANN, "c1", CENT, "USD", NOON.plus(Duration.ofMinutes(15)));
        Session session = begin(ANN, NOON.plus(Duration.ofMinutes(49)));

        assertThat(session.requests()).isEqualTo(2);
        assertThat(session.impressions()).isEqualTo(3);
        assertThat(session.lastImpressionAt()).contains(NOON.plus(Duration.ofMinutes(20)));
        assertThat(session.spend()).isEqualTo(Map.of("USD", CENT.plus(CENT), "EUR", CENT));
        assertThat(session.campaigns()).containsExactly("c2", "c1");
    }

    @Test
    void impressionAfterTheEndRevivesNothing() {
        begin(ANN, NOON);
        Session before = sessions.find(ANN).orElseThrow();

        sessions.shown(ANN, "c1", CENT, "USD", NOON.plus(TIMEOUT));
        sessions.shown(BOB, "c1", CENT, "USD", NOON);

        assertThat(sessions.find(ANN)).contains(before);
        assertThat(sessions.find(BOB)).isEmpty();
    }

    @Test
    void cookiesAndPodAreKept() {
        begin(ANN, NOON);

        sessions.cookies(ANN, Map.of("up1/a", "1"), NOON);
        sessions.cookies(ANN, Map.of(), NOON);
        sessions.inPod(ANN, 2, 6, NOON);

        Session session = sessions.find(ANN).orElseThrow();
        assertThat(session.cookies().byName()).isEqualTo(Map.of("up1/a", "1"));
        assertThat(session.podPosition()).isEqualTo(2);
        assertThat(session.podSize()).isEqualTo(6);
    }

    @Test
    void listsOfALongSessionAreBounded() {
        begin(ANN, NOON);
        for (int i = 0; i < 150; i++) {
            sessions.shown(ANN, "c" + i, CENT, "C" + i, NOON);
        }

        Session session = sessions.find(ANN).orElseThrow();

        assertThat(session.campaigns()).hasSize(100).startsWith("c50").endsWith("c149");
        assertThat(session.spend()).hasSize(16).containsKey("C0");
        assertThat(session.impressions()).isEqualTo(150);
    }

    @Test
    void spendStopsAtTheEndOfTheNumbers() {
        begin(ANN, NOON);
        sessions.shown(ANN, "c", new Money(Long.MAX_VALUE), "USD", NOON);

        sessions.shown(ANN, "c", CENT, "USD", NOON);

        assertThat(sessions.find(ANN).orElseThrow().spend()).isEqualTo(Map.of("USD", new Money(Long.MAX_VALUE)));
    }

    @Test
    void sessionThatIsUsedLastsThirtyDays() {
        Session first = begin(ANN, NOON);
        Session last = first;
        int requests = 1;

        for (Instant at = NOON; at.isBefore(NOON.plus(Duration.ofDays(30))); at = at.plus(Duration.ofMinutes(29))) {
            last = begin(ANN, at);
            sessions.tick(at);
            requests++;
        }

        assertThat(last.id()).isEqualTo(first.id());
        assertThat(last.startedAt()).isEqualTo(NOON);
        assertThat(last.requests()).isEqualTo(requests);
    }

    @Test
    void requestThatComesLateContinuesTheSessionAndDoesNotAgeIt() {
        Session first = begin(ANN, NOON);

        Session late = begin(ANN, NOON.minusSeconds(60));

        assertThat(late.id()).isEqualTo(first.id());
        assertThat(late.lastUsedAt()).isEqualTo(NOON);
    }

    @Test
    void sessionsSurviveARestart() {
        Session before = begin(ANN, NOON);
        store.close();

        store = SessionStore.open(directory);
        sessions = new Sessions(store, new SessionSettings(TIMEOUT, 10));

        assertThat(sessions.find(ANN)).contains(before);
        assertThat(begin(ANN, NOON.plusSeconds(1)).requests()).isEqualTo(2);
    }

    @Test
    void sweepDeletesIdleRowsSomeAtATime() {
        for (int i = 0; i < 25; i++) {
            begin(new UserKey("idle" + i), NOON);
        }
        Instant later = NOON.plus(TIMEOUT.multipliedBy(2));
        begin(ANN, later);

        List<Integer> deleted =
                IntStream.range(0, 4).map(i -> sessions.tick(later)).boxed().toList();

        assertThat(deleted)
                .as("rows of ann, idle0, idle1, ...: ten at a time, then from the start")
                .containsExactly(9, 10, 6, 0);
        assertThat(sessions.find(ANN)).isPresent();
        assertThat(store.approximateNumEntries()).isPositive();
        assertThat(sessions.find(new UserKey("idle7"))).isEmpty();
    }

    @Test
    void sweepDeletesNothingThatABacklogMayContinue() {
        begin(ANN, NOON);

        assertThat(sessions.tick(NOON.plus(Duration.ofDays(1)))).isZero();
        begin(BOB, NOON.plus(TIMEOUT.multipliedBy(2)).minusMillis(1));
        assertThat(sessions.tick(NOON.plus(Duration.ofDays(1)))).isZero();
        assertThat(sessions.find(ANN)).isPresent();
    }

    @Test
    void sweepBeforeAnyRequestDeletesNothing() {
        begin(ANN, NOON);
        Sessions restarted = new Sessions(store, SessionSettings.DEFAULT);

        assertThat(restarted.tick(NOON.plus(Duration.ofDays(1)))).isZero();
    }

    @Test
    void unreadableRowIsNoSessionAndIsReplaced() {
        store.put("ann", new byte[] {9});

        assertThat(sessions.find(ANN)).isEmpty();
        sessions.shown(ANN, "c1", CENT, "USD", NOON);
        assertThat(begin(ANN, NOON).requests()).isOne();
        assertThat(sessions.find(ANN)).isPresent();
        assertThat(sessions.unreadableRows()).isEqualTo(3);
    }

    @Test
    void unreadableRowIsSweptAway() {
        store.put("cat", new byte[] {9});
        begin(ANN, NOON);

        assertThat(sessions.tick(NOON)).isOne();
        assertThat(store.get("cat")).isNull();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void usersNeverSeeEachOther(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, Session> alone = new HashMap<>();
        Instant now = NOON;
        for (int step = 0; step < 500; step++) {
            now = now.plusSeconds(random.nextInt(60));
            String user = "u" + "1".repeat(1 + random.nextInt(4));
            UserKey key = new UserKey(user);
            Session before = alone.getOrDefault(user, Session.begun("", Instant.EPOCH));
            if (random.nextBoolean()) {
                alone.put(user, sessions.begin(request(user + step, user), key, now));
                assertThat(alone.get(user).id()).isEqualTo(user);
                assertThat(alone.get(user).campaigns()).allMatch(campaign -> campaign.startsWith(user + "-"));
                assertThat(alone.get(user).cookies().byName().values()).allMatch(user::equals);
            } else if (alone.containsKey(user)
                    && now.isBefore(before.lastUsedAt().plus(TIMEOUT))) {
                sessions.shown(key, user + "-" + step, CENT, "USD", now);
                sessions.cookies(key, Map.of("c" + step, user), now);
                alone.put(
                        user, before.shown(user + "-" + step, CENT, "USD", now).withCookies(Map.of("c" + step, user)));
            }
            assertThat(sessions.find(key).equals(Optional.ofNullable(alone.get(user))))
                    .isTrue();
        }
    }

    @Test
    void settingsOutOfRangeAreNamedWithTheirRange() {
        assertThatThrownBy(() -> new SessionSettings(Duration.ofSeconds(59), 10))
                .hasMessage("sessions.timeout is PT59S; allowed is PT1M to PT168H");
        assertThatThrownBy(() -> new SessionSettings(Duration.ofDays(8), 10)).hasMessageContaining("PT192H");
        assertThatThrownBy(() -> new SessionSettings(TIMEOUT, 0)).hasMessageContaining("sessions.sweep.rows is 0");
    }

    private Session begin(UserKey user, Instant now) {
        return sessions.begin(request("r" + now, null), user, now);
    }

    private static AdRequest request(String id, @Nullable String sessionId) {
        return Requests.request(id).setSessionId(sessionId).build();
    }
}
