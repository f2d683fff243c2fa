package millrace.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import millrace.notifier.Verdict.Patience;
import millrace.schemas.NoticeKind;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final Patience PATIENCE = new Patience(5, Duration.ofSeconds(1), Duration.ofSeconds(5));

    private static HttpOutcome answered(int status) throws Url.Refusal {
        return new HttpOutcome.Reply(status, HttpHeaders.none(), new byte[0], Url.parse("https://told.example/"));
    }

    private static Verdict of(NoticeKind kind, int attempt, HttpOutcome outcome) {
        return Verdict.of(kind, attempt, outcome, PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302})
    void whoeverAnswersWasTold(int status) throws Url.Refusal {
        assertThat(of(NoticeKind.WIN, 1, answered(status))).isEqualTo(new Verdict.Fired(status));
    }

    @Test
    void answerThatIsTooLongWasOneAllTheSame() {
        assertThat(of(NoticeKind.LOSS, 1, new HttpOutcome.Broken(new UpstreamFailure.Malformed("too long"))))
                .isInstanceOf(Verdict.Fired.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void whatMayPassIsTriedAgainWithALongerPauseEachTime(int status) throws Url.Refusal {
        assertThat(of(NoticeKind.WIN, 1, answered(status))).isEqualTo(new Verdict.Again(Duration.ofSeconds(1)));
        assertThat(of(NoticeKind.WIN, 3, answered(status))).isEqualTo(new Verdict.Again(Duration.ofSeconds(4)));
        assertThat(of(NoticeKind.WIN, 4, answered(status))).isEqualTo(new Verdict.Again(Duration.ofSeconds(5)));
        assertThat(of(NoticeKind.WIN, 5, answered(status))).isInstanceOf(Verdict.GivenUp.class);
    }

    @Test
    void whatWillNotPassIsGivenUpAtOnce() throws Url.Refusal {
        assertThat(of(NoticeKind.ERROR, 1, answered(404))).isEqualTo(new Verdict.GivenUp(404, "answered 404"));
        assertThat(of(NoticeKind.ERROR, 1, new HttpOutcome.Broken(new UpstreamFailure.Refused("10.0.0.1"))))
                .isEqualTo(new Verdict.GivenUp(0, "10.0.0.1"));
    }

    @Test
    void billIsNeverTriedAgain() throws Url.Refusal {
        assertThat(of(NoticeKind.BILLING, 1, answered(503))).isInstanceOf(Verdict.GivenUp.class);
        assertThat(of(NoticeKind.BILLING, 1, new HttpOutcome.Broken(new UpstreamFailure.TimedOut("late"))))
                .isInstanceOf(Verdict.GivenUp.class);
    }
}
