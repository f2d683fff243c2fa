package millrace.upstream.openrtb.auction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Fault;

/** Which bid of a response a fault costs. */
final class BidFaults {
    private static final String SEAT = "BidResponse.seatbid[";
    private static final String BID = "].bid[";

    private final Map<String, Fault> first;

    BidFaults(List<Fault> faults) {
        this.first = faults.isEmpty() ? Map.of() : new HashMap<>();
        for (Fault fault : faults) {
            if (isOfBid(fault)) {
                first.putIfAbsent(bidOf(fault), fault);
            }
        }
    }

    static boolean isOfBid(Fault fault) {
        return fault.where().startsWith(SEAT) && fault.where().contains(BID);
    }

    Optional<Refusal> of(int seat, int bid) {
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String place = SEAT + seat + BID + bid + "]";
        return Optional.ofNullable(first.get(place))
                .map(fault -> new Refusal(
                        fault.where().equals(place + ".price")
                                        && fault.message().startsWith("required")
                                ? LossReason.MISSING_PRICE
                                : LossReason.INVALID_RESPONSE,
                        fault.toString()));
    }

    private static String bidOf(Fault fault) {
        int bid = fault.where().indexOf(BID);
        return fault.where().substring(0, fault.where().indexOf(']', bid + BID.length()) + 1);
    }
}
