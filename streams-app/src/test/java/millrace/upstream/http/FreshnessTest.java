package millrace.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111, as a shared cache reads it. */
class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-01-17T08:15:07Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    60      | Cache-Control: max-age=60
                    60      | Cache-Control: Public, MAX-AGE="60"
                    30      | Cache-Control: max-age=60, s-maxage=30
                    30      | Cache-Control: max-age=60; Cache-Control: max-age=30
                    60      | Cache-Control: max-age=60; Expires: Sat, 17 Jan 2026 08:00:00 GMT
                    60      | Cache-Control: max-age=60, extension="no-store, private"
                    90      | Expires: Sat, 17 Jan 2026 08:16:37 GMT
                    60      | Date: Sat, 17 Jan 2026 08:14:37 GMT; Expires: Sat, 17 Jan 2026 08:16:07 GMT
                    50      | Cache-Control: max-age=60; Age: 10
                    50      | Cache-Control: max-age=60; Date: Sat, 17 Jan 2026 08:14:57 GMT
                    40      | Cache-Control: max-age=60; Date: Sat, 17 Jan 2026 08:14:57 GMT; Age: 20
                    60      | Cache-Control: max-age=60; Date: Sat, 17 Jan 2026 09:00:00 GMT
                    2147483648 | Cache-Control: max-age=99999999999999999999
                    60      | Cache-Control: max-age=60; Pragma: no-cache
                    """)
    void answerIsFreshForAsLongAsItSaysLessWhatHasPassed(long seconds, String headers) {
        assertThat(freshness(200, headers, false)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: nothing is said",
                "Cache-Control: max-age=0",
                "Cache-Control: max-age=-5",
                "Cache-Control: max-age=soon",
                "Cache-Control: max-age",
                "Cache-Control: max-age=60, no-store",
                "Cache-Control: max-age=60; Cache-Control: No-Store",
                "Cache-Control: max-age=60, private",
                "Cache-Control: max-age=60, private=\"X-User\"",
                "Cache-Control: max-age=60, no-cache",
                "Cache-Control: max-age=60, x=\"never ends",
                "Cache-Control: s-maxage=0, max-age=60",
                "Cache-Control: max-age=60; Age: 60",
                "Cache-Control: max-age=60; Age: old",
                "Cache-Control: max-age=60; Set-Cookie: uid=1",
                "Cache-Control: max-age=60; Vary: *",
                "Cache-Control: max-age=60; Vary: Accept, *",
                "Expires: 0",
                "Expires: Sat, 17 Jan 2026 08:15:07 GMT",
                "Expires: Sat, 17 Jan 2026 08:16:37 GMT; Expires: Sat, 17 Jan 2026 09:16:37 GMT",
                "Expires: Sat, 17 Jan 2026 08:16:37 GMT; Pragma: no-cache"
            })
    void answerThatMayNotBeGivenAgainIsNot(String headers) {
        assertThat(freshness(200, headers, false)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 206, 301, 302, 404, 500})
    void onlyWholeGoodAnswersAreKept(int status) {
        assertThat(freshness(status, "Cache-Control: max-age=60", false)).isZero();
        assertThat(freshness(204, "Cache-Control: max-age=60", false)).isPositive();
    }

    @Test
    void answerToSomebodyWhoSaidWhoTheyAreIsForOthersOnlyIfItSaysSo() {
        assertThat(freshness(200, "Cache-Control: max-age=60", true)).isZero();
        assertThat(freshness(200, "Cache-Control: max-age=60, public", true)).isPositive();
        assertThat(freshness(200, "Cache-Control: max-age=60, must-revalidate", true))
                .isPositive();
        assertThat(freshness(200, "Cache-Control: s-maxage=60", true)).isPositive();
    }

    private static Duration freshness(int status, String headers, boolean isAuthorized) {
        return Freshness.of(KeptAnswersTest.reply(status, headers, "https://t.example/v"), isAuthorized, NOW);
    }
}
