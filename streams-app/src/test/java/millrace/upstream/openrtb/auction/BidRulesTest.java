package millrace.upstream.openrtb.auction;

import static millrace.upstream.openrtb.auction.Messages.answer;
import static millrace.upstream.openrtb.auction.Messages.bid;
import static millrace.upstream.openrtb.auction.Messages.request;
import static millrace.upstream.openrtb.auction.Messages.seat;
import static millrace.upstream.openrtb.auction.Messages.video;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import millrace.upstream.openrtb.model.BidRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bid, and what becomes of it: 0 is won. Columns: what the request says, what the impression or video says, what the bid says. */
class BidRulesTest {
    private static final String VAST = "\"adm\":\"<VAST version='4.2'></VAST>\",\"mtype\":2";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "|||0",
                // seats
                "\"wseat\":[\"s1\",\"s2\"]|||0",
                "\"wseat\":[\"s2\"]|||104",
                "\"bseat\":[\"s2\"]|||0",
                "\"bseat\":[\"s1\"]|||104",
                // advertisers
                "\"badv\":[\"B1.example\"]|||205",
                "\"badv\":[\"example\"]|||205",
                "\"badv\":[\"1.example\"]|||0",
                "\"badv\":[\"x.example\"]||\"adomain\":[\"a.example\",\"www.X.example\"]|205",
                "\"badv\":[\"x.example\"]||\"adomain\":[]|6",
                "||\"adomain\":null|0",
                // categories
                "\"bcat\":[\"IAB25\"]||\"cat\":[\"IAB1\",\"IAB25-3\"]|209",
                "\"bcat\":[\"IAB2\"]||\"cat\":[\"IAB25\"]|0",
                "\"bcat\":[\"IAB2-1\"]||\"cat\":[\"IAB2\"]|0",
                "\"bcat\":[\"IAB2\"]||\"cat\":[\"IAB2\"],\"cattax\":7|0",
                "\"bcat\":[\"52\"],\"cattax\":7||\"cat\":[\"52\"],\"cattax\":7|209",
                "\"bcat\":[\"52\"]|||0",
                "\"acat\":[\"IAB1\"]||\"cat\":[\"IAB1-2\"]|0",
                "\"acat\":[\"IAB1\"]||\"cat\":[\"IAB1\",\"IAB3\"]|209",
                "\"acat\":[\"IAB1\"]|||10",
                "\"acat\":[\"IAB1\"]||\"cat\":[\"IAB1\"],\"cattax\":2|10",
                // bundles, languages
                "\"bapp\":[\"com.x\"]||\"bundle\":\"com.x\"|215",
                "\"bapp\":[\"com.x\"]||\"bundle\":\"com.y\"|0",
                "\"wlang\":[\"en\"]||\"language\":\"EN\"|0",
                "\"wlang\":[\"en\"]||\"langb\":\"en-GB\"|0",
                "\"wlangb\":[\"en-GB\"]||\"langb\":\"en-US\"|208",
                "\"wlang\":[\"en\"]||\"language\":\"eng\"|208",
                "\"wlang\":[\"en\"]||\"language\":\"xx\"|0",
                "\"wlang\":[\"en\"]|||208",
                // price and floor
                "|||0",
                "|\"bidfloor\":1||0",
                "|\"bidfloor\":1.000001||100",
                "|\"bidfloor\":1.0000001||0",
                "||\"price\":0|9",
                "||\"price\":0.0000001|9",
                "||\"price\":1e12|3",
                "||\"price\":null|9",
                "||\"price\":-1|3",
                "||\"price\":\"1\"|3",
                "|\"bidfloorcur\":\"EUR\"||502",
                "|\"bidfloorcur\":\"EUR\",\"bidfloor\":0||0",
                // what a bid must have
                "||\"impid\":\"2\"|3",
                "||\"id\":null|3",
                "||\"crid\":null|8",
                "||\"adm\":null|7",
                "||\"adm\":null,\"nurl\":\"https://b.example/m\"|0",
                "||\"adm\":null,\"adid\":\"7\"|0",
                // what it is
                "||\"mtype\":1|0",
                "||\"mtype\":4|204",
                "||\"mtype\":9|204",
                "||\"adm\":\"<VAST/>\"|204",
                "||\"adm\":\" {}\"|204",
                "||\"w\":320,\"h\":50|0",
                "||\"w\":300,\"h\":50|203",
                "|\"banner\":{\"w\":728,\"h\":90}|\"w\":728,\"h\":90|0",
                "|\"banner\":{\"format\":[{\"wratio\":16,\"hratio\":9,\"wmin\":320}]}|\"w\":640,\"h\":360|0",
                "|\"banner\":{\"format\":[{\"wratio\":16,\"hratio\":9,\"wmin\":320}]}|\"w\":160,\"h\":90|203",
                "|\"banner\":{\"format\":[{\"wratio\":16,\"hratio\":9}]}|\"wratio\":4,\"hratio\":3|203",
                "|\"banner\":{\"battr\":[8,13]}|\"attr\":[1,13]|210",
                "|\"banner\":{\"battr\":[8]}|\"attr\":[13]|0",
                "|\"banner\":{\"btype\":[3]}|\"adm\":\"<SCRIPT src='https://x'></SCRIPT>\"|211",
                "|\"banner\":{\"btype\":[4]}|\"adm\":\"<iframe src='https://x'></iframe>\"|211",
                "|\"banner\":{\"btype\":[4]}|\"adm\":\"<script src='https://x'></script>\"|0",
                "|\"banner\":{\"api\":[5]}|\"apis\":[3]|204",
                "|\"banner\":{\"api\":[5]}|\"apis\":[3,5]|0",
                // secure
                "|\"secure\":1||0",
                "|\"secure\":1|\"adm\":\"<img src='HTTP://x'>\"|207",
                "|\"secure\":1|\"adm\":\"<a href='http://shop.example'><img src='https://x'></a>\"|0",
                "|\"secure\":1|\"adm\":\"<a href='http://shop.example'><img src='http://x'></a>\"|207",
                "|\"secure\":1|\"adm\":\"<svg xmlns='http://www.w3.org/2000/svg'></svg>\"|0",
                "|\"secure\":1|\"adm\":null,\"nurl\":\"http://b.example/m\"|207",
                "|\"secure\":1|\"nurl\":\"http://b.example/n\"|0",
                "|\"secure\":0|\"adm\":\"<img src='http://x'>\"|0"
            })
    void banner(String ofRequest, String ofImp, String ofBid, int code) {
        assertThat(outcome(request(text(ofRequest), text(ofImp)), bid("b1", "1", text(ofBid))))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "||0",
                "\"maxduration\":30|\"dur\":30|0",
                "\"maxduration\":30|\"dur\":31|204",
                "\"maxduration\":30,\"maxextended\":5|\"dur\":35|0",
                "\"maxduration\":30,\"maxextended\":5|\"dur\":36|204",
                "\"maxduration\":30,\"maxextended\":-1|\"dur\":300|0",
                "\"minduration\":10|\"dur\":9|204",
                "\"rqddurs\":[15,30]|\"dur\":30|0",
                "\"rqddurs\":[15,30]|\"dur\":20|204",
                "\"poddur\":60|\"dur\":61|204",
                "\"protocols\":[3,7]|\"protocol\":7|0",
                "\"protocols\":[3,7]|\"protocol\":2|204",
                "\"api\":[7]|\"apis\":[1,2]|204",
                "\"skip\":1|\"attr\":[16]|210",
                "\"skip\":0|\"attr\":[16]|0",
                "\"battr\":[1]|\"attr\":[1]|210",
                // floors by duration
                "\"mincpmpersec\":0.1|\"dur\":10|0",
                "\"mincpmpersec\":0.1|\"dur\":11|100",
                "\"mincpmpersec\":0.1||100",
                "\"mincpmpersec\":0.1,\"maxduration\":10||0",
                "\"mincpmpersec\":0.1,\"maxduration\":15||100",
                "\"durfloors\":[{\"mindur\":1,\"maxdur\":15,\"bidfloor\":0.9},{\"mindur\":16,\"bidfloor\":2}]|\"dur\":15|0",
                "\"durfloors\":[{\"mindur\":1,\"maxdur\":15,\"bidfloor\":0.9},{\"mindur\":16,\"bidfloor\":2}]|\"dur\":90|100",
                "\"durfloors\":[{\"maxdur\":10,\"bidfloor\":9}]|\"dur\":11|0",
                "\"durfloors\":[{\"maxdur\":30,\"bidfloor\":0.1},{\"mindur\":15,\"bidfloor\":2}]|\"dur\":20|100"
            })
    void videoAd(String ofVideo, String ofBid, int code) {
        String more = text(ofBid);
        assertThat(outcome(video(text(ofVideo), ""), bid("b1", "1", VAST + (more.isEmpty() ? "" : "," + more))))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                // deal, private auction, what the bid says
                "|0|\"dealid\":\"d1\"|0",
                "|0|\"dealid\":\"dX\"|4",
                "|1|\"dealid\":\"d1\"|0",
                "|1||4",
                "\"wseat\":[\"s2\"]|0|\"dealid\":\"d1\"|104",
                "\"wseat\":[\"s1\"]|0|\"dealid\":\"d1\"|0",
                "\"wadomain\":[\"b1.example\"]|0|\"dealid\":\"d1\"|0",
                "\"wadomain\":[\"c.example\"]|0|\"dealid\":\"d1\"|213",
                "\"wadomain\":[\"c.example\"]|0|\"dealid\":\"d1\",\"adomain\":null|6",
                "\"bidfloor\":0.2|0|\"dealid\":\"d1\",\"price\":0.3|0",
                "\"bidfloor\":2|0|\"dealid\":\"d1\"|101",
                "|0|\"dealid\":\"d1\",\"price\":0.3|100",
                "\"bidfloor\":0.2|0|\"dealid\":\"d1\",\"price\":0|101",
                "\"bidfloor\":1,\"bidfloorcur\":\"EUR\"|0|\"dealid\":\"d1\"|502"
            })
    void deal(String ofDeal, int privately, String ofBid, int code) {
        String deal = "{\"id\":\"d1\"" + (ofDeal == null ? "" : "," + ofDeal) + "}";
        String pmp = "\"pmp\":{\"private_auction\":" + privately + ",\"deals\":[" + deal + "]}";

        assertThat(outcome(request("", pmp), bid("b1", "1", text(ofBid)))).isEqualTo(code);
    }

    private static int outcome(BidRequest request, String bid) {
        AuctionResult result = Auction.run(request, List.of(answer("x", seat("s1", bid))), AuctionRules.USUAL);
        assertThat(result.winners().size() + result.losers().size()).isEqualTo(1);
        return result.winners().isEmpty() ? result.losers().getFirst().reason().code() : 0;
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }
}
