package millrace.upstream.vast.check;

import java.util.ArrayList;
import java.util.List;
import millrace.upstream.vast.check.Findings.Place;

/** Checks what the breaks of a schedule are to each other (VMAP 1.0.1, 2.3.1). */
final class ScheduleCheck {
    private final Findings findings;
    private final List<Place> numbered = new ArrayList<>();
    private int breaks;

    ScheduleCheck(Findings findings) {
        this.findings = findings;
    }

    void adBreak(String timeOffset, Place place) {
        breaks++;
        if (timeOffset.startsWith("#")) {
            numbered.add(place);
        }
    }

    void finish(Place root, int most) {
        if (breaks > most) {
            findings.add(root, Severity.ERROR, "has " + breaks + " breaks; only the first " + most + " are read");
        }
        if (numbered.size() < breaks) {
            numbered.forEach(place -> findings.add(
                    place, Severity.WARNING, "players may ignore a place such as #1 beside breaks with a time"));
        }
    }
}
