package millrace.upstream.vast;

import millrace.upstream.vast.xml.DocumentLimits;

/**
 * What a document and a chain may cost.
 *
 * @param document of one document
 * @param maxWrappers wrappers in a row, 0 to 20; the next one fails with 302 (VAST 4.3, 2.3.5)
 * @param maxGets documents asked for in one resolution, all pod members together, 1 to 200
 * @param maxParallel documents of one resolution asked for at the same time, 1 to 50
 * @param maxTrackerText all tracker URLs of one ad together, in characters, 1024 to 16777216; more is not usable
 * @param loneSequencedAd whether an answer to a wrapper without allowMultipleAds may be a single ad with a sequence;
 *     live tags and the IAB's own samples do this, the text forbids it
 */
public record VastLimits(
        DocumentLimits document,
        int maxWrappers,
        int maxGets,
        int maxParallel,
        int maxTrackerText,
        boolean loneSequencedAd) {

    public VastLimits {
        within("maxWrappers", maxWrappers, 0, 20);
        within("maxGets", maxGets, 1, 200);
        within("maxParallel", maxParallel, 1, 50);
        within("maxTrackerText", maxTrackerText, 1024, 1 << 24);
    }

    /** What a deployment has that sets nothing. */
    public static VastLimits defaults() {
        return new VastLimits(DocumentLimits.defaults(), 5, 20, 4, 256 * 1024, true);
    }

    /** These with another number of wrappers. */
    public VastLimits withWrappers(int most) {
        return new VastLimits(document, most, maxGets, maxParallel, maxTrackerText, loneSequencedAd);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("vast " + name + " is " + value + "; " + least + " to " + most);
        }
    }
}
