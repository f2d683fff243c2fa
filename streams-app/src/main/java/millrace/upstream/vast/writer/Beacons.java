package millrace.upstream.vast.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.schemas.Tracker;

/**
 * Our own trackers of an ad: {@code BASE/TOKEN/EVENT}. They tell the pipeline what happened, beside everybody else's.
 *
 * @param base where they lead; empty adds none
 */
public record Beacons(Optional<String> base) {
    public static final Beacons NONE = new Beacons(Optional.empty());

    /** Of a linear ad, by VAST's own names. */
    static final List<String> EVENTS = List.of("start", "firstQuartile", "midpoint", "thirdQuartile", "complete");

    static final String IMPRESSION = "impression";
    static final String CLICK = "click";
    /** With the code that the player fills in. */
    static final String ERROR = "error?code=[ERRORCODE]";

    public Beacons {
        base = base.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /** As an answer's record carries them. */
    public List<Tracker> of(String token) {
        if (base.isEmpty()) {
            return List.of();
        }
        String begin = base.get() + "/" + token + "/";
        List<Tracker> all = new ArrayList<>();
        all.add(new Tracker(IMPRESSION, begin + IMPRESSION, null));
        EVENTS.forEach(event -> all.add(new Tracker(event, begin + event, null)));
        all.add(new Tracker(CLICK, begin + CLICK, null));
        all.add(new Tracker("error", begin + ERROR, null));
        return all;
    }

    /** Characters that {@link #of} comes to with a token of this length, about. */
    public int characters(int token) {
        return base.map(url -> (url.length() + token + 32) * (EVENTS.size() + 3))
                .orElse(0);
    }
}
