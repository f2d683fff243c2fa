package millrace.upstream.openrtb.pod;

import java.util.List;

/**
 * What a pod may hold.
 *
 * @param firstIsFree whether an ad that wants the first position can have it
 * @param lastIsFree as well for the last
 * @param choices the better ones first; of equal fillings the one with the earlier choices wins
 * @param traits how many there are
 */
public record Pod(List<Part> parts, boolean firstIsFree, boolean lastIsFree, List<Choice> choices, int traits) {
    /** No break has more ads. */
    public static final int MOST_ADS = 64;

    public Pod {
        parts = List.copyOf(parts);
        choices = List.copyOf(choices);
    }

    /** Ads that there is room for, if time does not matter. */
    public int slots() {
        long slots = 0;
        for (Part part : parts) {
            slots += part.most();
        }
        return (int) Math.min(slots, MOST_ADS);
    }
}
