package millrace.upstream.openrtb.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import millrace.check.Checked;
import millrace.money.Rates;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.model.BidRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests with their responses whose outcome somebody else has written down; read where they lie. Our table of them: winners with what they pay, losers with their code. */
@Tag("corpus")
class PairsCorpusTest {
    private static final Path BODIES =
            Path.of(System.getProperty("millrace.corpus", "../../shared/corpus"), "openrtb", "bodies");

    /** Name, winners, losers. What the specification leaves open is decided as the table of policies in docs/openrtb.md says. */
    private static final String OUTCOMES = """
            acat-not-listed                |             | b1=209
            all-nobid                      |             |
            at-default                     | b1@1.01     | b2=102
            at-floor                       | b1@1        |
            badv-exact                     |             | b1=205
            badv-subdomain                 |             | b1=205
            badv-suffix-not-subdomain      | b1@1        |
            badv-with-adomain-missing      |             | b1=6
            battr                          |             | b1=210
            bcat-exact                     |             | b1=209
            bcat-parent                    |             | b1=209
            bseat                          |             | b1=104
            btype                          |             | b1=211
            cur-compare-across             | b2@1        | b1=102
            cur-not-allowed                |             | b1=3
            deal-at-overrides              | b1@5        | b2=102
            deal-durfloors-first           | b1@4        |
            deal-floor-cur-no-inherit      | b1@1.9      |
            deal-guaranteed                | b1@2        | b2=103
            deal-unknown                   |             | b1=4
            deal-wadomain                  |             | b1=213
            duplicate-bid-id               | b1@1        | b1=3
            durfloors-fail                 |             | b1=100
            durfloors-open-end             |             | b1=100
            durfloors-overlap              |             | b1=100
            durfloors-pass                 | b1          |
            group-all-win                  | b1@2 b2@2   | b3=102
            group-one-invalid              |             | b1=100 b2=100
            group-one-loses                | b3@1.5      | b1=102 b2=102
            macros-missing-values          | b1@1        |
            maxduration-exceeded           |             | b1=204
            maxextended-minus-one          | b1@5        |
            mincpmpersec-fail              |             | b1=100
            missing-crid                   |             | b1=8
            missing-markup                 |             | b1=7
            mtype-mismatch                 |             | b1=204
            multi-imp-partial              | b1@2        |
            no-cur-defaults-usd            | b1@1        |
            pod-dedupe-adomain             | b1@5 b3@3   | b2=205
            pod-dedupe-cat                 | b1@5 b3@3   | b2=209
            pod-dedupe-crid                | b1@5 b3@3   | b2=200
            pod-dedupe-off                 | b1@5 b2@4   |
            pod-knapsack                   | b2@6 b3@6   | b1=102
            pod-maxseq                     | b1@5 b2@4   | b3=102
            pod-over-duration              | b1@5 b2@4   | b3=102
            pod-two-want-first             | b2@6 b3@4   | b1=102
            price-zero                     |             | b1=9
            private-deal-bid               | b1@2.5      |
            rqddurs-hit                    | b1@5        |
            rqddurs-miss                   |             | b1=204
            second-price-blocked-runner-up | b1@0.5      | b2=205
            second-price-cap               | b1@1        | b2=102
            secure-http                    |             | b1=207
            size-not-allowed               |             | b1=203
            skippable-attr16               |             | b1=210
            unknown-impid                  |             | b1=3
            wlang-xx                       | b1@1        |
            wlang                          |             | b1=208
            wrong-auction-id               |             | b1=5
            wseat                          |             | b1=104
            """;

    private static final OpenRtb OPEN_RTB = new OpenRtb(Limits.USUAL, Strictness.TOLERANT);

    record Pair(String name, List<String> winners, List<String> losers) {
        static Pair of(String line) {
            String[] cells = line.split("\\|", -1);
            return new Pair(cells[0].strip(), words(cells[1]), words(cells[2]));
        }

        private static List<String> words(String cell) {
            return cell.isBlank() ? List.of() : List.of(cell.strip().split(" +"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return OUTCOMES.lines().map(Pair::of);
    }

    @BeforeAll
    static void corpusIsThere() {
        assumeTrue(Files.exists(BODIES), () -> "no corpus at " + BODIES.toAbsolutePath());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void outcomeIsThatOfTheManifest(Pair pair) throws IOException {
        AuctionRules rules = AuctionRules.USUAL.with(new Rates(Map.of("EUR", Map.of("USD", new BigDecimal("1.10")))));
        List<Answer> answers = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(BODIES, "pair-" + pair.name() + "{-bidder?,}.response.json")) {
            for (Path file : files) {
                answers.add(Answer.of(
                        file.getFileName().toString(), OPEN_RTB.responses().readAndCheck(Files.readAllBytes(file))));
            }
        }

        AuctionResult result = Auction.run(request(pair), answers, rules);

        assertThat(result.winners().stream()
                        .map(winner -> winner.bid().id()
                                + (pair.winners().contains(winner.bid().id())
                                        ? ""
                                        : "@"
                                                + BigDecimal.valueOf(
                                                                winner.clearing()
                                                                        .micros(),
                                                                6)
                                                        .stripTrailingZeros()
                                                        .toPlainString())))
                .containsExactlyInAnyOrderElementsOf(pair.winners());
        assertThat(result.losers().stream()
                        .map(loser -> loser.bid().id() + "=" + loser.reason().code()))
                .containsExactlyInAnyOrderElementsOf(pair.losers());
        assertThat(result.noBids())
                .hasSize(
                        pair.name().equals("all-nobid")
                                ? 3
                                : pair.name().startsWith("cur-not")
                                                || pair.name().startsWith("wrong-")
                                        ? 1
                                        : 0);
    }

    @Test
    void noPairOfTheCorpusIsLeftOut() throws IOException {
        TreeSet<String> there = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(BODIES, "pair-*.request.json")) {
            files.forEach(file ->
                    there.add(file.getFileName().toString().replace("pair-", "").replace(".request.json", "")));
        }

        assertThat(pairs().map(Pair::name)).containsExactlyInAnyOrderElementsOf(there);
    }

    private BidRequest request(Pair pair) throws IOException {
        byte[] bytes = Files.readAllBytes(BODIES.resolve("pair-" + pair.name() + ".request.json"));
        return switch (OPEN_RTB.requests().check(bytes)) {
            case Checked.Valid<BidRequest>(BidRequest request) -> request;
            case Checked.Invalid<BidRequest> invalid -> throw new AssertionError(invalid);
        };
    }
}
