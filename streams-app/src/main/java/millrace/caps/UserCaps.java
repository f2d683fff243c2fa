package millrace.caps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import millrace.catalog.CapRule;
import millrace.catalog.LifetimeInterest;
import org.jspecify.annotations.Nullable;

/**
 * The caps of one request: of its user, in its session and its pod. Reads the user's exposures once, when the first rule is asked
 * about, and again only if somebody else wrote to them since or a rule reaches further back. For the stream thread only; lives as long as
 * the request.
 */
public final class UserCaps {
    private final FrequencyCaps caps;
    private final Viewer viewer;
    private final List<CapSubject> pod = new ArrayList<>();
    private long from = Long.MAX_VALUE;
    private @Nullable UserCounts known;
    private int knownAt;

    UserCaps(FrequencyCaps caps, Viewer viewer) {
        this.caps = caps;
        this.viewer = viewer;
    }

    /** These rules may be asked about: the first read shall serve them all. */
    public void foresee(Collection<CapRule> rules, Instant now) {
        from = Math.min(from, caps.reading().from(rules, viewer, now.toEpochMilli()));
    }

    /**
     * Whether every rule has room for one more ad of the subject at {@code now}. Writes and consumes nothing. Before
     * anybody is asked for an ad, the ids that are not known yet are empty in the subject, and their rules wait for the answer.
     */
    public CapVerdict check(List<CapRule> rules, CapSubject subject, Instant now) {
        return counts(rules, now).check(rules, subject, now.toEpochMilli());
    }

    /** The same if others, which are not written down yet, come first. */
    public CapVerdict check(List<CapRule> rules, CapSubject subject, List<CapSubject> ahead, Instant now) {
        return counts(rules, now).check(rules, subject, ahead, now.toEpochMilli());
    }

    /** How many more ads of the subject this rule alone would allow at {@code now}. */
    public int remaining(CapRule rule, CapSubject subject, Instant now) {
        return counts(List.of(rule), now).remaining(rule, subject, now.toEpochMilli());
    }

    /**
     * Counts an ad of this request from now on, under all rules. Safe to repeat: a reservation that is there stays as it is.
     *
     * @return false when it could not be written down; never after {@link #check} allowed it
     */
    public boolean reserve(CapSubject subject, Instant at, long reservation) {
        pod.add(subject);
        if (viewer.isNobody()) {
            return true;
        }
        Exposure exposure = Exposure.reserved(at, subject, viewer.session(), reservation);
        UserCounts before = known;
        boolean wasFresh = before != null && isFresh();
        boolean written = caps.reserve(viewer.userKey(), exposure);
        if (before != null && wasFresh && written) {
            before.exposures().add(exposure);
            know(before.exposures());
        }
        return written;
    }

    /** An ad that the pod shows and that is counted nowhere else: that of a test. */
    public void shows(CapSubject subject) {
        pod.add(subject);
    }

    private UserCounts counts(Collection<CapRule> rules, Instant now) {
        UserCounts fresh = known;
        long needed = viewer.isNobody() ? Long.MAX_VALUE : caps.reading().from(rules, viewer, now.toEpochMilli());
        if (fresh != null && isFresh() && fresh.exposures().reachesBackTo(needed)) {
            return fresh;
        }
        from = Math.min(from, needed);
        return know(viewer.isNobody() ? Exposures.unread() : caps.reading().exposures(viewer.userKey(), from));
    }

    private UserCounts know(Exposures exposures) {
        LifetimeInterest interest = caps.interest();
        Optional<LifetimeCounts> lifetime = interest.isNone() || viewer.isNobody()
                ? Optional.of(LifetimeCounts.none())
                : caps.reading().lifetime(viewer.userKey());
        UserCounts counts = new UserCounts(caps.reading(), viewer, exposures, lifetime, pod, interest);
        known = counts;
        knownAt = caps.changes(viewer.userKey());
        return counts;
    }

    private boolean isFresh() {
        return knownAt == caps.changes(viewer.userKey()) && isOfInterest();
    }

    /** What lifetime rules ask for changes with the catalog. */
    private boolean isOfInterest() {
        UserCounts counts = known;
        return counts != null && counts.interest() == caps.interest();
    }
}
