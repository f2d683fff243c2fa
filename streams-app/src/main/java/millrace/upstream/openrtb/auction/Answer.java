package millrace.upstream.openrtb.auction;

import java.util.List;
import millrace.check.Fault;
import millrace.upstream.openrtb.json.Reading;
import millrace.upstream.openrtb.model.BidResponse;

/** What came back from one bidder. */
public sealed interface Answer {

    /** Whom we asked; a name that no other bidder of the request has. */
    String bidder();

    /**
     * A response, with everything that is wrong with it: a fault within a bid costs that bid, any other the whole response.
     *
     * @param faults of reading and of checking
     */
    record Response(String bidder, BidResponse response, List<Fault> faults) implements Answer {
        public Response {
            faults = List.copyOf(faults);
        }
    }

    /** Nothing that could be read, or nothing at all: late, refused, a status without content. */
    record Nothing(String bidder, String reason) implements Answer {}

    static Answer of(String bidder, Reading<BidResponse> reading) {
        return switch (reading) {
            case Reading.Document<BidResponse>(BidResponse response, List<Fault> faults) ->
                new Response(bidder, response, faults);
            case Reading.Unreadable<BidResponse>(Fault fault) -> new Nothing(bidder, fault.toString());
        };
    }
}
