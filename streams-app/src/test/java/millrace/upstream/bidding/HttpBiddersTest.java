package millrace.upstream.bidding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import millrace.catalog.BidderTerms;
import millrace.catalog.Placement;
import millrace.catalog.UpstreamConfig;
import millrace.schemas.Slot;
import millrace.trace.TraceContext;
import millrace.upstream.Ask;
import millrace.upstream.BidAnswer;
import millrace.upstream.BidAnswer.Kind;
import millrace.upstream.BidCall;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.openrtb.auction.Answer;
import millrace.upstream.openrtb.request.Asked;
import millrace.upstream.openrtb.request.BidRequests;
import millrace.upstream.openrtb.request.RequestTerms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpBiddersTest {
    private static final BidRequests REQUESTS = new BidRequests(RequestTerms.USUAL);

    private final List<HttpCall> sent = new ArrayList<>();
    private final List<CompletableFuture<HttpOutcome>> answers = new ArrayList<>();
    private long nanos;
    private final HttpBidders bidders = new HttpBidders(
            call -> {
                sent.add(call);
                CompletableFuture<HttpOutcome> answer = new CompletableFuture<>();
                answers.add(answer);
                return answer;
            },
            Runnable::run,
            InstantSource.system(),
            () -> nanos,
            "Millrace/test");

    private static UpstreamConfig bidder(BidderTerms terms) {
        return new UpstreamConfig(
                "east",
                "https://east.example/bid",
                Duration.ofMillis(150),
                1,
                Map.of("X-Key", "secret"),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(terms));
    }

    private CompletableFuture<BidAnswer> ask(BidderTerms terms) {
        Asked asked = asked("s1");
        return bidders.bid(new BidCall(bidder(terms), asked, Optional.empty(), Duration.ofMillis(200)))
                .toCompletableFuture();
    }

    private static Asked asked(String slot) {
        Ask ask = Ask.upstream("https://east.example/bid");
        return REQUESTS.of(
                ask.call().request(),
                ask.context(),
                Placement.gone("preroll"),
                List.of(Slot.newBuilder().setId(slot).build()));
    }

    private String message(Asked asked, @Nullable String buyerId, int millis) {
        var _ = bidders.bid(
                new BidCall(bidder(BidderTerms.USUAL), asked, Optional.ofNullable(buyerId), Duration.ofMillis(millis)));
        return new String(sent.getLast().body().orElseThrow().bytes(), UTF_8);
    }

    @Test
    void questionIsWrittenOnceForAllWhoAreAskedTheSameAndNobodyIsAskedAnothersOwn() {
        Asked asked = asked("s1");
        String first = message(asked, null, 120);

        assertThat(message(asked, "buyer-7", 120)).contains("\"buyeruid\":\"buyer-7\"");
        assertThat(message(asked, null, 120)).isEqualTo(first).doesNotContain("buyeruid");
        assertThat(sent.getLast().body().orElseThrow().bytes())
                .as("the same bytes")
                .isSameAs(sent.getFirst().body().orElseThrow().bytes());
        assertThat(message(asked, null, 90)).contains("\"tmax\":90");
        assertThat(message(asked("s2"), null, 90)).contains("\"id\":\"s2\"");
    }

    @Test
    void questionIsASpanOfItsOwnInTheRequestsTrace() {
        TraceContext trace = TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1")
                .orElseThrow();
        var _ = bidders.bid(new BidCall(
                bidder(BidderTerms.USUAL), asked("s1"), Optional.empty(), Duration.ofMillis(200), Optional.of(trace)));

        HttpHeaders headers = sent.getLast().headers();
        assertThat(headers.get("traceparent").orElseThrow())
                .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01")
                .isNotEqualTo(trace.parent());
        assertThat(headers.get("tracestate")).contains("vendor=1");
    }

    private BidAnswer answered(HttpOutcome outcome) {
        CompletableFuture<BidAnswer> result = ask(BidderTerms.USUAL);
        answers.getLast().complete(outcome);
        return result.join();
    }

    private HttpOutcome reply(int status, String type, String body) {
        return new HttpOutcome.Reply(
                status,
                HttpHeaders.builder().received("Content-Type", type).build(),
                body.getBytes(UTF_8),
                sent.isEmpty() ? sent(0).url() : sent.getFirst().url());
    }

    private HttpCall sent(int number) {
        if (sent.isEmpty()) {
            var _ = ask(BidderTerms.USUAL);
        }
        return sent.get(number);
    }

    @Test
    void asksByPostWithTheVersionAndTheLesserOfBothTimes() {
        var _ = ask(BidderTerms.USUAL);
        HttpCall call = sent.getFirst();

        assertThat(call.headers().get("x-openrtb-version")).contains("2.6");
        assertThat(call.originHeaders().get("X-Key"))
                .as("credentials go to its origin only")
                .contains("secret");
        assertThat(call.timeout()).isEqualTo(Duration.ofMillis(150));
        assertThat(call.body().orElseThrow().contentType()).isEqualTo("application/json");
        assertThat(new String(call.body().orElseThrow().bytes(), UTF_8)).contains("\"tmax\":150");
    }

    @Test
    void compressesForWhoAgreedToIt() throws IOException {
        var _ = ask(new BidderTerms(10, OptionalInt.empty(), true, OptionalInt.empty()));
        HttpCall call = sent.getFirst();

        assertThat(call.headers().get("Content-Encoding")).contains("gzip");
        try (var plain = new GZIPInputStream(
                new ByteArrayInputStream(call.body().orElseThrow().bytes()))) {
            assertThat(new String(plain.readAllBytes(), UTF_8)).startsWith("{\"id\":\"r1\"");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    204 | application/json | | NO_BID
                    200 | application/json | {} | NO_BID
                    200 | application/json; charset=utf-8 | {"id":"r1","nbr":2} | NO_BID
                    200 | application/json | {"id":"r1","seatbid":[]} | NO_BID
                    200 | application/json | {"id":"r1","seatbid":[{"bid":[{"id":"b"}]}]} | BIDS
                    200 | text/html | {"id":"r1","seatbid":[{"bid":[{"id":"b"}]}]} | MALFORMED
                    200 | application/json | {"id":"r1","seatb | MALFORMED
                    400 | application/json | | FAILED
                    503 | text/html | no | FAILED
                    """)
    void answerIsCountedAsWhatItIs(int status, String type, String body, Kind kind) {
        assertThat(answered(reply(status, type, body == null ? "" : body)).kind())
                .isEqualTo(kind);
    }

    @Test
    void lateAndOversizedAnswersAreNoBidsWithTheirReason() {
        BidAnswer late = answered(new HttpOutcome.Broken(new UpstreamFailure.TimedOut("no whole answer")));
        BidAnswer large = answered(new HttpOutcome.Broken(new UpstreamFailure.Malformed("larger than 10 bytes")));

        assertThat(late.kind()).isEqualTo(Kind.LATE);
        assertThat(large.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(large.answer()).isEqualTo(new Answer.Nothing("east", "larger than 10 bytes"));
    }

    @Test
    void noMoreCallsAreOpenThanABidderTakes() {
        BidderTerms two = new BidderTerms(2, OptionalInt.empty(), false, OptionalInt.empty());
        var _ = ask(two);
        var _ = ask(two);

        assertThat(ask(two).join().kind()).isEqualTo(Kind.NOT_ASKED);
        answers.getFirst().complete(reply(204, "application/json", ""));
        assertThat(ask(two)).as("one has come back").isNotDone();
    }

    @Test
    void noMoreCallsASecondAreMadeThanABidderTakes() {
        BidderTerms twenty = new BidderTerms(1_000, OptionalInt.of(20), false, OptionalInt.empty());
        int asked = 0;
        for (int millis = 0; millis < 10_000; millis += 5) {
            asked += ask(twenty).isDone() ? 0 : 1;
            nanos += 5_000_000;
        }

        assertThat(asked).isBetween(200, 203);
    }

    @Test
    void endedCallEndsItsExchange() {
        CompletableFuture<BidAnswer> result = ask(BidderTerms.USUAL);
        result.cancel(false);

        assertThat(answers.getFirst()).isCancelled();
    }
}
