package millrace.upstream.bidding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import millrace.upstream.Ask;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import org.junit.jupiter.api.Test;

class NoticedMarkupTest {
    private static final String NOTICE = "https://bidder.example/win?p=2";

    private final List<HttpCall> sent = new ArrayList<>();

    private Resolution fetched(String notice, int status, String body) {
        NoticedMarkup markup = new NoticedMarkup(
                call -> {
                    sent.add(call);
                    return CompletableFuture.completedFuture(new HttpOutcome.Reply(
                            status, HttpHeaders.builder().build(), body.getBytes(UTF_8), call.url()));
                },
                InstantSource.system(),
                "Millrace/test");
        return markup.fetch(
                        Ask.upstream("https://bidder.example/bid")
                                .within(Duration.ofMillis(40))
                                .call(),
                        notice)
                .toCompletableFuture()
                .join();
    }

    @Test
    void whatTheNoticeReturnsIsShownAsItIs() {
        assertThat(fetched(NOTICE, 200, "<b>\u017eluť</b>")).isInstanceOfSatisfying(Resolution.Filled.class, filled -> {
            assertThat(filled.ads()).hasSize(1);
            assertThat(filled.ads().getFirst().markup()).isEqualTo(Optional.of("<b>\u017eluť</b>"));
        });
        assertThat(sent.getFirst().url().toString()).isEqualTo(NOTICE);
        assertThat(sent.getFirst().body()).as("a GET").isEmpty();
        assertThat(sent.getFirst().timeout()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void noticeWithoutMarkupIsNoAd() {
        assertThat(fetched(NOTICE, 200, "")).isInstanceOf(Resolution.NoAd.class);
        assertThat(fetched(NOTICE, 204, "")).isInstanceOf(Resolution.NoAd.class);
    }

    @Test
    void statusThatIsNoSuccessAndAnAddressThatIsNoneAreFailures() {
        assertThat(fetched(NOTICE, 500, "<b>no</b>"))
                .isInstanceOfSatisfying(
                        Resolution.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(UpstreamFailure.HttpStatus.class));
        assertThat(fetched("javascript:alert(1)", 200, "<b>no</b>"))
                .isInstanceOfSatisfying(
                        Resolution.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(UpstreamFailure.Refused.class));
    }
}
