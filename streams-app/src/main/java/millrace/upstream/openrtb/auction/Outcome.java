package millrace.upstream.openrtb.auction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who has lost so far, and why; what is said first holds. For one auction. */
final class Outcome {
    private final Map<Integer, Refusal> lost = new HashMap<>();
    private final List<NoBid> noBids = new ArrayList<>();

    void lose(Offer offer, Refusal why) {
        lost.putIfAbsent(offer.number(), why);
    }

    void noBid(NoBid noBid) {
        noBids.add(noBid);
    }

    boolean isLost(Offer offer) {
        return lost.containsKey(offer.number());
    }

    Optional<Refusal> why(Offer offer) {
        return Optional.ofNullable(lost.get(offer.number()));
    }

    List<NoBid> noBids() {
        return noBids;
    }
}
