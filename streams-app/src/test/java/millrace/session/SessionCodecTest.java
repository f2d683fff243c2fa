package millrace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import millrace.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCodecTest {
    private static final Instant AT = Instant.parse("2026-03-10T12:00:00.123Z");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsWrittenIsRead(long seed) throws UnreadableSession {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Session session = Session.begun("s\0ё😀", AT);
        for (int i = 0; i < 300; i++) {
            session = changed(session, random);

            Session read = SessionCodec.decode(SessionCodec.encode(session));

            assertThat(read).isEqualTo(session);
            assertThat(read.cookies().byName().keySet())
                    .containsExactlyElementsOf(session.cookies().byName().keySet());
            assertThat(SessionCodec.lastUsed(SessionCodec.encode(session))).contains(session.lastUsedAt());
        }
    }

    @Test
    void everyPartOfASessionIsUnreadable() {
        byte[] good = SessionCodec.encode(full());

        for (int length = 0; length < good.length; length++) {
            byte[] part = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> SessionCodec.decode(part)).isInstanceOf(UnreadableSession.class);
        }
        assertThatThrownBy(() -> SessionCodec.decode(Arrays.copyOf(good, good.length + 1)))
                .hasRootCauseMessage("1 bytes after the end");
        good[0] = 3;
        assertThatThrownBy(() -> SessionCodec.decode(good)).hasRootCauseMessage("version is 3; known are 1 and 2");
        assertThat(SessionCodec.lastUsed(good)).isEmpty();
        assertThat(SessionCodec.lastUsed(new byte[] {1, 2, 3})).isEmpty();
    }

    @Test
    void rowOfTheFirstVersionIsReadAndKeepsNoUpstreams() throws UnreadableSession {
        byte[] today = SessionCodec.encode(full());
        byte[] before = Arrays.copyOf(today, today.length - 4); // Two empty lists less.
        before[0] = 1;

        assertThat(SessionCodec.decode(before)).isEqualTo(full());
        assertThat(SessionCodec.lastUsed(before)).contains(full().lastUsedAt());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void noBytesWhateverDoAnythingButBeUnreadable(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] good = SessionCodec.encode(full());
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                assertThat(SessionCodec.decode(bytes).campaigns()).hasSizeLessThanOrEqualTo(2);
            } catch (UnreadableSession expected) {
                assertThat(expected).hasMessageContaining("is not a session");
            }
        }
    }

    private static Session changed(Session session, RandomGenerator random) {
        Instant at = AT.plusMillis(random.nextInt(1_000_000));
        return switch (random.nextInt(6)) {
            case 0 -> session.requested(at);
            case 1 ->
                session.shown("c" + random.nextInt(200), new Money(random.nextLong()), "C" + random.nextInt(20), at);
            case 2 -> session.keeping(session.kept().inSession("u" + random.nextInt(20)));
            case 3 -> session.keeping(session.kept().byUser("u" + random.nextInt(20)));
            case 4 -> session.inPod(random.nextInt(9), random.nextInt(9));
            default -> session.withCookies(Map.of("c" + random.nextInt(99), "v".repeat(random.nextInt(900))));
        };
    }

    private static Session full() {
        return Session.begun("s1", AT)
                .requested(AT)
                .shown("c1", new Money(5), "USD", AT)
                .shown("c2", new Money(6), "EUR", AT)
                .inPod(1, 2)
                .withCookies(Map.of("up1/a", "b"));
    }
}
