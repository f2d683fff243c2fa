package millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);

    private long admitted(Rates rates, String client, int asked) {
        return IntStream.range(0, asked).filter(i -> rates.admits(client)).count();
    }

    @Test
    void secondsWorthAtOnceAndThenTheRate() {
        Rates rates = new Rates(10, now::get);

        assertThat(admitted(rates, "a", 50)).isEqualTo(10);
        // The clock of elapsed time may wrap.
        now.addAndGet(SECOND / 2);
        assertThat(admitted(rates, "a", 50)).isEqualTo(5);
    }

    @Test
    void clientsAreLimitedEachForItself() {
        Rates rates = new Rates(3, now::get);
        admitted(rates, "a", 50);

        assertThat(admitted(rates, "b", 50)).isEqualTo(3);
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(admitted(new Rates(0, now::get), "a", 5_000)).isEqualTo(5_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noStretchOfTimeAdmitsMoreThanTheRateAndASecondsWorth(long seed) {
        Random random = new Random(seed);
        Rates rates = new Rates(20, now::get);
        long begun = now.get();
        int admitted = 0;
        for (int i = 0; i < 5_000; i++) {
            now.addAndGet(random.nextLong(SECOND / 25));
            admitted += rates.admits("a") ? 1 : 0;
            long elapsed = now.get() - begun;
            assertThat((long) admitted).isLessThanOrEqualTo(20 + Math.ceilDiv(20 * elapsed, SECOND));
        }
    }

    @Test
    void thoseWhoAreQuietAreForgottenWhenThereAreMany() {
        Rates rates = new Rates(1, now::get, 100);
        IntStream.range(0, 100).forEach(i -> rates.admits("client-" + i));
        now.addAndGet(5 * SECOND);

        assertThat(rates.admits("newcomer")).isTrue();
        assertThat(rates.remembered()).isEqualTo(1);
    }

    @Test
    void floodOfAddressesIsNotRemembered() {
        Rates rates = new Rates(1, now::get, 100);
        IntStream.range(0, 1_000).forEach(i -> rates.admits("client-" + i));

        assertThat(rates.remembered()).isEqualTo(100);
    }
}
