package millrace.upstream.vast.check;

import java.util.Map;
import java.util.TreeMap;
import millrace.upstream.vast.check.Findings.Place;

/** Checks what the Ads of a document are to each other (VAST 4.3, 3.3.1). */
final class PodCheck {
    private final Findings findings;
    private final Map<String, Place> sequences = new TreeMap<>();
    private int ads;

    PodCheck(Findings findings) {
        this.findings = findings;
    }

    void ad(String sequence, Place place) {
        ads++;
        if (!sequence.isEmpty() && sequences.putIfAbsent(sequence, place) != null) {
            findings.add(place, Severity.WARNING, "sequence " + sequence + " is there twice; their order is anybody's");
        }
    }

    void finish(Place root, int most) {
        if (ads > most) {
            findings.add(root, Severity.ERROR, "has " + ads + " ads; only the first " + most + " are read");
        }
        if (ads == 1 && sequences.size() == 1) {
            Place only = sequences.values().iterator().next();
            findings.add(
                    only,
                    Severity.NOTE,
                    "a lone ad with a sequence: behind a wrapper without allowMultipleAds strict players show nothing");
        }
    }
}
