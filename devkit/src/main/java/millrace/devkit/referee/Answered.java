package millrace.devkit.referee;

import java.util.ArrayList;
import java.util.List;
import millrace.schemas.AdResponse;

/**
 * What the referee needs of an answer; a run has many, and markup is large.
 *
 * @param decidedAt in milliseconds since 1970
 * @param tokens of its ads
 */
public record Answered(String requestId, long decidedAt, List<String> tokens) {

    public Answered {
        tokens = List.copyOf(tokens);
    }

    public static Answered of(AdResponse response) {
        List<String> tokens = new ArrayList<>();
        response.getSlots().forEach(slot -> slot.getAds().forEach(ad -> tokens.add(ad.getToken())));
        return new Answered(response.getRequestId(), response.getDecidedAt(), tokens);
    }
}
