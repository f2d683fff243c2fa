package millrace.devkit.upstreams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;

/** An OpenRTB 2.6 bidder: one bid an impression at the ad's price, unless that is below the floor; VAST as markup. */
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
        JsonNode impressions = question.path("imp");
        if (question.path("id").asText().isEmpty() || !impressions.isArray() || impressions.isEmpty()) {
            return Response.of(400, CONTENT_TYPE, "{\"error\":\"not a bid request: id and imp are needed\"}");
        }
        ObjectNode answer =
                JSON.createObjectNode().put("id", question.path("id").asText());
        ArrayNode bids =
                answer.putArray("seatbid").addObject().put("seat", name).putArray("bid");
        impressions.forEach(impression -> bid(bids, impression));
        answer.put("cur", "USD");
        return bids.isEmpty() ? NO_BID : Response.of(200, CONTENT_TYPE, answer.toString());
    }

    private void bid(ArrayNode bids, JsonNode impression) {
        if (ads.isEmpty()) {
            return;
        }
        SimulatedAd ad = ads.get(turn++ % ads.size());
        BigDecimal price = Prices.decimal(ad.price());
        if (price.compareTo(impression.path("bidfloor").decimalValue()) < 0) {
            return;
        }
        String event = "?creative=" + ad.creative() + "&price=${AUCTION_PRICE}";
        bids.addObject()
                .put("id", name + "-" + turn)
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
                .putArray("adomain")
                .add(ad.advertiser());
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
