package millrace.devkit.upstreams;

import java.util.List;

/** What an upstream serves when it behaves. */
public sealed interface Content {

    /**
     * Ads of its own, served in turn.
     *
     * @param pod ads in one document, 1 to 50; above 1 they carry a sequence
     * @param wrappers hops before the inline document, 0 to 20, each on a path of this upstream
     */
    record Inventory(List<SimulatedAd> ads, int pod, int wrappers) implements Content {
        public Inventory {
            ads = List.copyOf(ads);
            if (ads.isEmpty()) {
                throw new IllegalArgumentException("ads is empty; at least one is needed");
            }
            requireRange("pod", pod, 1, 50);
            requireRange("wrappers", wrappers, 0, 20);
        }

        public Inventory(List<SimulatedAd> ads) {
            this(ads, 1, 0);
        }
    }

    /** One wrapper to any other tag, also of another upstream or of nobody. */
    record Elsewhere(String tagUri) implements Content {}

    private static void requireRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed is " + least + " to " + most);
        }
    }
}
