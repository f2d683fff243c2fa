package millrace.upstream.openrtb.auction;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import millrace.check.Checked;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.model.BidRequest;

/** Small messages of our own, as text: what a test adds stands after what is usual, and replaces it. */
public final class Messages {
    public static final OpenRtb OPEN_RTB = new OpenRtb(Limits.USUAL, Strictness.TOLERANT);
    private static final String BANNER = "\"banner\":{\"format\":[{\"w\":300,\"h\":250},{\"w\":320,\"h\":50}]}";

    private Messages() {}

    /** One banner impression "1" with a floor of 0.5, first price. */
    public static BidRequest request(String ofRequest, String ofImp) {
        return requestOf(ofRequest, "{\"id\":\"1\",\"bidfloor\":0.5," + BANNER + "}", ofImp);
    }

    /** One video impression "1". */
    public static BidRequest video(String ofVideo, String ofImp) {
        return requestOf("", "{\"id\":\"1\",\"bidfloor\":0.5," + videoObject(ofVideo) + "}", ofImp);
    }

    public static String videoObject(String more) {
        return "\"video\":{\"mimes\":[\"video/mp4\"]" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    /** Impressions as they are. */
    public static BidRequest imps(String ofRequest, String imps) {
        return parsed("{\"id\":\"a-1\",\"at\":1,\"imp\":[" + imps + "]}", ofRequest);
    }

    private static BidRequest requestOf(String ofRequest, String imp, String ofImp) {
        return imps(ofRequest, merged(imp, ofImp));
    }

    private static BidRequest parsed(String text, String more) {
        return switch (OPEN_RTB.requests().check(merged(text, more).getBytes(UTF_8))) {
            case Checked.Valid<BidRequest>(BidRequest request) -> request;
            case Checked.Invalid<BidRequest> invalid -> throw new AssertionError(invalid);
        };
    }

    public static Answer answer(String bidder, String... seats) {
        return answerOf(bidder, "\"id\":\"a-1\",\"seatbid\":[" + String.join(",", seats) + "]");
    }

    public static Answer answerOf(String bidder, String content) {
        return Answer.of(bidder, OPEN_RTB.responses().readAndCheck(("{" + content + "}").getBytes(UTF_8)));
    }

    public static String seat(String seat, String... bids) {
        return "{\"seat\":\"" + seat + "\",\"bid\":[" + String.join(",", bids) + "]}";
    }

    /** A bid for impression "1" with everything that a bid must have, and what is added or replaced. */
    public static String bid(String id, String price, String... more) {
        return merged(
                "{\"id\":\"" + id + "\",\"impid\":\"1\",\"price\":" + price
                        + ",\"adm\":\"<img src='https://cdn.example/i.png'>\",\"adomain\":[\"" + id
                        + ".example\"],\"cid\":\"c\",\"crid\":\"cr-" + id + "\"}",
                String.join(",", more));
    }

    /** Later attributes replace earlier ones; null takes one away. */
    private static String merged(String object, String more) {
        try {
            JsonMapper mapper = new JsonMapper();
            ObjectNode tree = (ObjectNode) mapper.readTree(object);
            mapper.readTree("{" + more + "}").properties().forEach(entry -> {
                if (entry.getValue().isNull()) {
                    tree.remove(entry.getKey());
                } else {
                    tree.set(entry.getKey(), entry.getValue());
                }
            });
            return tree.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(object + " with " + more, e);
        }
    }
}
