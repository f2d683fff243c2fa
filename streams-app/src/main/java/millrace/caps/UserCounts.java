package millrace.caps;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.catalog.LifetimeInterest;
import millrace.schemas.CapScope;

/**
 * What is known of one user at one moment, and what rules make of it. Pure.
 *
 * @param lifetime empty when it cannot be read
 * @param pod the ads of the request so far
 */
record UserCounts(
        CapReading reading,
        Viewer viewer,
        Exposures exposures,
        Optional<LifetimeCounts> lifetime,
        List<CapSubject> pod,
        LifetimeInterest interest) {

    private static final CapVerdict ALLOWED = new CapVerdict.Allowed();
    private static final CapVerdict USER_FULL = new CapVerdict.UserFull();

    CapVerdict check(List<CapRule> rules, CapSubject subject, long at) {
        if (!viewer.isNobody() && !exposures.isComplete()) {
            return USER_FULL;
        }
        for (CapRule rule : rules) {
            if (!isAsked(rule, subject)) {
                continue;
            }
            OptionalInt count = count(rule, subject, at);
            if (count.isEmpty()) {
                return isKept(rule, at) ? USER_FULL : new CapVerdict.BeyondRetention(rule);
            }
            if (count.getAsInt() >= rule.limit()) {
                return new CapVerdict.Refused(rule, count.getAsInt());
            }
        }
        return viewer.isNobody() || hasRoom(subject, at) ? ALLOWED : USER_FULL;
    }

    /** The same after others that are not counted yet. */
    CapVerdict check(List<CapRule> rules, CapSubject subject, List<CapSubject> ahead, long at) {
        CapVerdict alone = check(rules, subject, at);
        if (ahead.isEmpty() || !(alone instanceof CapVerdict.Allowed)) {
            return alone;
        }
        for (CapRule rule : rules) {
            if (isAsked(rule, subject)) {
                int before = count(rule.scope(), subject, ahead);
                if (before > 0 && before >= remaining(rule, subject, at)) {
                    return new CapVerdict.Refused(rule, rule.limit());
                }
            }
        }
        return alone;
    }

    /** How many more ads of the subject this rule alone would allow. */
    int remaining(CapRule rule, CapSubject subject, long at) {
        if (!isAsked(rule, subject)) {
            return rule.limit();
        }
        if (!viewer.isNobody() && !exposures.isComplete()) {
            return 0;
        }
        OptionalInt count = count(rule, subject, at);
        return count.isEmpty() ? 0 : Math.max(0, rule.limit() - count.getAsInt());
    }

    /** Nobody's ads are counted in a pod alone: it needs no memory of who they are. */
    private boolean isAsked(CapRule rule, CapSubject subject) {
        return subject.isKnown(rule.scope()) && (!viewer.isNobody() || rule.span() instanceof CapSpan.Pod);
    }

    private boolean isKept(CapRule rule, long at) {
        CapSettings settings = reading.settings();
        return settings.keeps(rule.span())
                && (!(rule.span() instanceof CapSpan.Session) || settings.keepsSince(viewer.since(), at));
    }

    /** Ads of the rule's scope in the fullest of its windows that this one would be in; empty when that is not known. */
    private OptionalInt count(CapRule rule, CapSubject subject, long at) {
        CapScope scope = rule.scope();
        if (!isKept(rule, at)) {
            return OptionalInt.empty();
        }
        return switch (rule.span()) {
            case CapSpan.Rolling rolling ->
                OptionalInt.of(exposures.mostWithin(rolling.length().toMillis(), scope, subject, at));
            case CapSpan.Calendar calendar ->
                OptionalInt.of(exposures.within(reading.windows().reach(calendar, at), scope, subject));
            case CapSpan.Session session ->
                OptionalInt.of(exposures.inSession(viewer.session(), CapReading.since(viewer), scope, subject));
            case CapSpan.Pod inPod -> OptionalInt.of(count(scope, subject, pod));
            case CapSpan.Lifetime ever ->
                lifetime.map(counts -> OptionalInt.of(counts.of(scope, subject)))
                        .orElse(OptionalInt.empty());
        };
    }

    private static int count(CapScope scope, CapSubject subject, List<CapSubject> others) {
        int count = 0;
        for (CapSubject other : others) {
            if (subject.isSame(scope, other)) {
                count++;
            }
        }
        return count;
    }

    /** Whether one more can be written down: in the slot of time, and for ever where a lifetime rule asks for it. */
    private boolean hasRoom(CapSubject subject, long at) {
        if (exposures.within(reading.settings().slot(at)) >= TimeSlot.MAX_PROMISED) {
            return false;
        }
        if (interest.isNone()) {
            return true;
        }
        return lifetime.filter(counts -> !counts.isFull() || hasAll(counts, subject))
                .isPresent();
    }

    private boolean hasAll(LifetimeCounts counts, CapSubject subject) {
        for (CapScope scope : Scopes.ALL) {
            if (LifetimeStore.isCounted(interest, scope, subject) && counts.of(scope, subject) == 0) {
                return false;
            }
        }
        return true;
    }
}
