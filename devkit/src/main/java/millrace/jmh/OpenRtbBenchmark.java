package millrace.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.auction.Answer;
import millrace.upstream.openrtb.auction.Auction;
import millrace.upstream.openrtb.auction.AuctionResult;
import millrace.upstream.openrtb.auction.AuctionRules;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.json.Reading;
import millrace.upstream.openrtb.model.BidRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One message and one auction: a request of 4 KB with a video and a banner, eight bidders with two bids each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OpenRtbBenchmark {
    private static final int BIDDERS = 8;

    private final OpenRtb openRtb = new OpenRtb(Limits.USUAL, Strictness.TOLERANT);
    private final byte[] bytes = resource();
    private final BidRequest request = valid(openRtb.requests().check(bytes));
    private final List<Answer> answers = answers(BIDDERS);
    private final List<Answer> many = answers(100);

    /** The value as it was read: what is required, ranges, pairs. */
    @Benchmark
    public List<Fault> check() {
        return openRtb.requests().faults(request);
    }

    /** From bytes to a value without a fault. */
    @Benchmark
    public Checked<BidRequest> readAndCheck() {
        return openRtb.requests().check(bytes);
    }

    @Benchmark
    public byte[] readAndWrite() {
        return switch (openRtb.requests().read(bytes)) {
            case Reading.Document<BidRequest>(BidRequest value, List<Fault> faults) ->
                openRtb.requests().write(value);
            case Reading.Unreadable<BidRequest>(Fault fault) -> throw new IllegalStateException(fault.toString());
        };
    }

    @Benchmark
    public AuctionResult auction() {
        return Auction.run(request, answers, AuctionRules.USUAL);
    }

    /** The same with a hundred seats, two bids each. */
    @Benchmark
    public AuctionResult auctionOfAHundredSeats() {
        return Auction.run(request, many, AuctionRules.USUAL);
    }

    private List<Answer> answers(int bidders) {
        List<Answer> all = new ArrayList<>();
        for (int bidder = 0; bidder < bidders; bidder++) {
            String bids = bid(bidder, "1", 9.5 + bidder * 0.1, "\"<VAST version='4.2'></VAST>\",\"mtype\":2,\"dur\":15")
                    + ","
                    + bid(
                            bidder,
                            "2",
                            1 + bidder * 0.05,
                            "\"<img src='https://cdn.example/i.png'>\",\"w\":300,\"h\":250");
            String text = "{\"id\":\"" + request.id() + "\",\"cur\":\"USD\",\"seatbid\":[{\"seat\":\"seat-" + bidder
                    + "\",\"bid\":[" + bids + "]}]}";
            all.add(Answer.of("bidder-" + bidder, openRtb.responses().readAndCheck(text.getBytes(UTF_8))));
        }
        return all;
    }

    private static String bid(int bidder, String imp, double price, String markup) {
        return "{\"id\":\"" + bidder + "-" + imp + "\",\"impid\":\"" + imp + "\",\"price\":" + price
                + ",\"adomain\":[\"shop-" + bidder
                + ".example\"],\"cat\":[\"IAB3\"],\"attr\":[1],\"cid\":\"c\",\"crid\":\"cr"
                + bidder + "\",\"adm\":" + markup + "}";
    }

    private static BidRequest valid(Checked<BidRequest> checked) {
        return switch (checked) {
            case Checked.Valid<BidRequest>(BidRequest value) -> value;
            case Checked.Invalid<BidRequest>(List<Fault> faults) -> throw new IllegalStateException(faults.toString());
        };
    }

    private static byte[] resource() {
        try (InputStream in = Objects.requireNonNull(
                OpenRtbBenchmark.class.getResourceAsStream("/openrtb/request.json"), "request.json is not there")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
