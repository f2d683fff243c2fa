package millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {

    @ParameterizedTest
    @CsvSource({"300ms,PT0.3S", "2s,PT2S", "5m,PT5M", "1h,PT1H", "31d,PT744H", "0ms,PT0S", "90m,PT90M"})
    void durationsAreAWholeNumberAndAUnit(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "ms", "-1s", "1.5s", "1 s", "1w", "1S", "99999999999999999999s", "9223372036854775807d"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("duration");
    }

    @Test
    void durationsPrintInTheirLargestWholeUnit() {
        assertThat(Durations.format(Duration.ofHours(25))).isEqualTo("25h");
        assertThat(Durations.format(Duration.ofDays(2))).isEqualTo("2d");
        assertThat(Durations.format(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(Durations.format(Duration.ZERO)).isEqualTo("0ms");
    }

    @ParameterizedTest
    @CsvSource({"512B,512", "64KiB,65536", "1MiB,1048576", "2GiB,2147483648", "0B,0"})
    void memoryIsAWholeNumberAndAUnit(String text, long bytes) {
        assertThat(Bytes.parse(text)).isEqualTo(bytes);
        assertThat(Bytes.format(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1MB", "MiB", "1.5MiB", "9223372036854775807GiB"})
    void whatIsNoMemoryIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.parse(text)).withMessageContaining("memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:AAAA",
                ":AAAA",
                "1",
                "x:",
                "256:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                "-1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                "1:###"
            })
    void signingKeysThatAreShortOrMisshapenAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kind.signingKeys().parser().apply(List.of(text)))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("AAAA"));
    }

    @Test
    void twoSigningKeysOfOneIdAreRefused() {
        String key = "1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kind.signingKeys().parser().apply(List.of(key, key)))
                .withMessageContaining("one id");
    }

    @Test
    void emptyListIsRefusedWhereOneIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Settings.KAFKA_BOOTSTRAP_SERVERS.kind().parser().apply(List.of()))
                .withMessageContaining("at least one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host:", ":9092", "a b:1", "host:123456"})
    void whatIsNoBrokerAddressIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Settings.KAFKA_BOOTSTRAP_SERVERS.kind().parser().apply(List.of(text)))
                .withMessageContaining("host:port");
    }

    @ParameterizedTest
    @CsvSource({
        "desision.deadline,decision.deadline",
        "decision.deadlines,decision.deadline",
        "topics.partition,topics.partitions"
    })
    void mistypedNameFindsItsNearest(String typed, String meant) {
        assertThat(NearestName.to(
                        typed, Settings.all().stream().map(Setting::name).toList()))
                .contains(meant);
    }

    @Test
    void nameFarFromAllFindsNone() {
        assertThat(NearestName.hint("zzzzzzzz", List.of("topics.prefix", "caps.slot")))
                .isEmpty();
    }
}
