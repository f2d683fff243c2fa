package millrace.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import millrace.money.Cpm;
import millrace.upstream.openrtb.auction.AuctionResult;
import millrace.upstream.openrtb.auction.Loser;
import millrace.upstream.openrtb.auction.NoBid;
import millrace.upstream.openrtb.auction.Winner;

/**
 * An auction's result as JSON.
 *
 * @param explain whether to say why in words
 */
record AuctionText(boolean explain) {
    private static final JsonMapper JSON = new JsonMapper();

    ObjectNode of(AuctionResult result) {
        ObjectNode line = JSON.createObjectNode();
        line.putArray("winners")
                .addAll(result.winners().stream().map(this::winner).toList());
        line.putArray("losers").addAll(result.losers().stream().map(this::loser).toList());
        line.putArray("nobids")
                .addAll(result.noBids().stream().map(AuctionText::noBid).toList());
        return line;
    }

    private ObjectNode winner(Winner winner) {
        ObjectNode node = JSON.createObjectNode()
                .put("impid", winner.imp().id())
                .put("bid", winner.bid().id())
                .put("seat", winner.seat().orElse(null))
                .put("price", decimal(winner.price()))
                .put("clearingPrice", decimal(winner.clearing()))
                .put("cur", winner.currency());
        if (explain) {
            node.put(
                    "explanation",
                    "won position " + winner.position() + " as "
                            + winner.markup().name()
                            + winner.deal()
                                    .map(deal -> " for deal " + deal.id())
                                    .orElse("") + " of bidder "
                            + winner.bidder() + "; "
                            + decimal(winner.minToWin()).toPlainString()
                            + " would have been enough");
        }
        return node;
    }

    private ObjectNode loser(Loser loser) {
        ObjectNode node = JSON.createObjectNode()
                .put("bid", loser.bid().id())
                .put("seat", loser.seat().orElse(null))
                .put("impid", loser.bid().impid())
                .put("code", loser.reason().code())
                .put("reason", loser.reason().words());
        if (explain) {
            node.put(
                    "explanation",
                    loser.words()
                            + loser.minToWin()
                                    .map(price ->
                                            "; to tie it took " + decimal(price).toPlainString())
                                    .orElse("")
                            + " (bidder " + loser.bidder() + ")");
        }
        return node;
    }

    private static ObjectNode noBid(NoBid noBid) {
        ObjectNode node = JSON.createObjectNode().put("bidder", noBid.bidder());
        noBid.nbr().ifPresent(nbr -> node.put("nbr", nbr));
        return node.put("reason", noBid.reason());
    }

    /** With as many digits as it needs. */
    private static BigDecimal decimal(Cpm price) {
        BigDecimal amount = BigDecimal.valueOf(price.micros(), 6).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }
}
