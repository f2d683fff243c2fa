package millrace.devkit.upstreams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;

/**
 * An OpenRTB 2.6 bidder: one bid an impression at the ad's price, unless that is below the floor; in a dynamic pod as many as it has room for, each of another
 * ad. VAST as markup. A deal that names it as a seat is what it bids for.
 */
final class Bidder implements Protocol {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/json";
    private static final Response NO_BID = Response.of(204);
    // AdCOM list Creative Subtypes: a VAST video.
    private static final int MARKUP_VIDEO = 2;
    // OpenRTB 2.6 list No-Bid Reason Codes: unmatched user. Any would do.
    private static final int NO_BID_REASON = 8;

    private final String name;
    private final List<SimulatedAd> ads;
    private final VastMarkup markup;
    private final String trackers;
    private int turn;

    Bidder(String name, Content content, VastMarkup markup, String trackers) {
        this.name = name;
        this.markup = markup;
        this.trackers = trackers;
        this.ads = switch (content) {
            case Content.Inventory inventory -> inventory.ads();
            case Content.Elsewhere elsewhere -> List.of();
        };
    }

    @Override
    public Response content(Request request) {
        JsonNode question = question(request);
        return content(question, question.path("id").asText());
    }

    @Override
    public Response mistaken(Request request) {
        return content(question(request), "of-another-request");
    }

    private Response content(JsonNode question, String id) {
        JsonNode impressions = question.path("imp");
        if (question.path("id").asText().isEmpty() || !impressions.isArray() || impressions.isEmpty()) {
            return Response.of(400, CONTENT_TYPE, "{\"error\":\"not a bid request: id and imp are needed\"}");
        }
        ObjectNode answer = JSON.createObjectNode().put("id", id);
        ArrayNode bids =
                answer.putArray("seatbid").addObject().put("seat", name).putArray("bid");
        for (JsonNode impression : impressions) {
            int most = Math.max(1, impression.at("/video/maxseq").asInt());
            for (int i = 0; i < Math.min(most, ads.size()); i++) {
                bid(bids, impression);
            }
        }
        answer.put("cur", currency(question));
        return bids.isEmpty() ? NO_BID : Response.of(200, CONTENT_TYPE, answer.toString());
    }

    /** That of its ads where the question takes it. */
    private String currency(JsonNode question) {
        for (JsonNode allowed : question.path("cur")) {
            if (!ads.isEmpty() && allowed.asText().equals(ads.getFirst().currency())) {
                return allowed.asText();
            }
        }
        return "USD";
    }

    private void bid(ArrayNode bids, JsonNode impression) {
        SimulatedAd ad = ads.get(turn++ % ads.size());
        BigDecimal price = Prices.decimal(ad.price());
        Optional<String> deal = deal(impression);
        if (deal.isEmpty() && price.compareTo(impression.path("bidfloor").decimalValue()) < 0) {
            return;
        }
        String event = "?creative=" + ad.creative() + "&price=${AUCTION_PRICE}";
        ObjectNode bid = bids.addObject();
        deal.ifPresent(id -> bid.put("dealid", id));
        bid.put("id", name + "-" + turn)
                .put("impid", impression.path("id").asText())
                .put("price", price)
                .put("adm", markup.inline(List.of(ad)))
                .put("adid", ad.creative())
                .put("cid", name + "-" + ad.advertiser())
                .put("crid", ad.creative())
                .put("dur", ad.duration().toSeconds())
                .put("mtype", MARKUP_VIDEO)
                .put("nurl", trackers + "/win" + event)
                .put("burl", trackers + "/billing" + event)
                .put("lurl", trackers + "/loss?creative=" + ad.creative() + "&code=${AUCTION_LOSS}")
                .putArray("adomain")
                .add(ad.advertiser());
    }

    /** The first deal of which it is a seat. */
    private Optional<String> deal(JsonNode impression) {
        for (JsonNode deal : impression.at("/pmp/deals")) {
            for (JsonNode seat : deal.path("wseat")) {
                if (seat.asText().equals(name)) {
                    return Optional.of(deal.path("id").asText());
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Response empty(Request request) {
        ObjectNode answer =
                JSON.createObjectNode().put("id", question(request).path("id").asText());
        answer.putArray("seatbid");
        return Response.of(200, CONTENT_TYPE, answer.put("nbr", NO_BID_REASON).toString());
    }

    @Override
    public Response unfilled(Request request) {
        return NO_BID;
    }

    @Override
    public Response malformed(Request request) {
        return Response.of(200, CONTENT_TYPE, "{\"id\":\"" + name + "\",\"seatbid\":[{\"bid\":[{");
    }

    @Override
    public Response oversized(Request request) {
        return Response.of(
                200, CONTENT_TYPE, "{\"id\":\"" + name + "\",\"ext\":\"" + "x".repeat(OVERSIZED_BYTES) + "\"}");
    }

    private static JsonNode question(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
