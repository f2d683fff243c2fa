package millrace.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.money.Cpm;
import millrace.money.Rates;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.auction.Answer;
import millrace.upstream.openrtb.auction.Auction;
import millrace.upstream.openrtb.auction.AuctionRules;
import millrace.upstream.openrtb.auction.DealPriority;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.model.BidRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Holds one auction over files. The same that the pipeline holds, without caps and budgets. */
@Command(
        name = "auction",
        description = "Hold an auction over one request and the responses of its bidders, and print"
                + " {winners, losers, nobids} as a line of JSON.")
final class OpenRtbAuctionCommand implements Callable<Integer> {
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "REQUEST", description = "The bid request.")
    private Path request = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "RESPONSE",
            description = "What each bidder answered; an empty file is a bidder that did not bid.")
    private List<Path> responses = new ArrayList<>();

    @Option(
            names = "--rates",
            paramLabel = "FILE",
            description = "Currency rates: {\"conversions\": {\"EUR\": {\"USD\": 1.10}}}. Without a rate, no bid.")
    private Optional<Path> rates = Optional.empty();

    @Option(names = "--explain", description = "Say of each bid in words why it won or fell.")
    private boolean explain;

    @Option(
            names = "--deals",
            paramLabel = "WHICH",
            defaultValue = "guaranteed",
            description = "Deals that win before other bids: none, guaranteed or all. Default: ${DEFAULT-VALUE}.")
    private DealPriority deals = DealPriority.GUARANTEED;

    @Option(
            names = "--increment",
            paramLabel = "CPM",
            defaultValue = "0.01",
            converter = Price.class,
            description = "What a second price winner pays above the next bid. Default: ${DEFAULT-VALUE}.")
    private BigDecimal increment = BigDecimal.ZERO;

    /** As people write it. */
    static final class Price implements ITypeConverter<BigDecimal> {
        @Override
        public BigDecimal convert(String text) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is no price; wanted is one such as 0.01");
            }
        }
    }

    @Override
    public Integer call() {
        OpenRtb openRtb = new OpenRtb(Limits.USUAL, Strictness.TOLERANT);
        AuctionRules rules = rules();
        BidRequest asked = switch (openRtb.requests().check(MessageFile.read(request, Limits.USUAL.bytes()))) {
            case Checked.Valid<BidRequest>(BidRequest value) -> value;
            case Checked.Invalid<BidRequest>(List<Fault> faults) ->
                throw CommandFailure.invalid(
                        faults.stream()
                                .map(fault -> new Fault(request + " " + fault.where(), fault.message()))
                                .toList(),
                        "no auction was held");
        };
        List<Answer> answers = responses.stream()
                .map(file -> Answer.of(
                        file.toString(),
                        openRtb.responses().readAndCheck(MessageFile.read(file, Limits.USUAL.bytes()))))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println(new AuctionText(explain).of(Auction.run(asked, answers, rules)));
        out.flush();
        return ExitCode.OK;
    }

    private AuctionRules rules() {
        if (increment.signum() < 0 || increment.compareTo(MICROS) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--increment is " + increment + "; allowed is 0 to 1000000");
        }
        return new AuctionRules(
                new Cpm(increment.multiply(MICROS).longValue()),
                deals,
                AuctionRules.USUAL.ownBids(),
                rates.map(RatesFile::read).orElse(Rates.NONE),
                AuctionRules.USUAL.effort());
    }
}
