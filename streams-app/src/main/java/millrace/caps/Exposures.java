package millrace.caps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import millrace.catalog.CapRule;
import millrace.catalog.CapSpan;
import millrace.schemas.CapScope;

/**
 * What one user was promised and shown, as it was when it was read. Immutable; {@link #plus} gives the view that has one
 * more, for the next slot of the same request.
 */
public final class Exposures {
    /** What is known without looking: nothing, about no time. */
    static final Exposures UNREAD = new Exposures(Window.EMPTY, List.of(), true);

    private final Window read;
    private final List<Exposure> byTime;
    private final boolean complete;

    /** @param complete false when there is more than was read, or something that could not be */
    Exposures(Window read, List<Exposure> exposures, boolean complete) {
        this.read = read;
        this.byTime = new ArrayList<>(exposures);
        byTime.sort(Comparator.comparingLong(Exposure::millis));
        this.complete = complete;
    }

    /** This view with an exposure more, one that was just reserved. */
    public Exposures plus(Exposure reserved) {
        List<Exposure> more = new ArrayList<>(byTime);
        more.add(reserved);
        return new Exposures(read, more, complete);
    }

    /** How many exposures the view has. */
    public int size() {
        return byTime.size();
    }

    boolean isComplete() {
        return complete;
    }

    int within(Window window) {
        int count = 0;
        for (Exposure exposure : byTime) {
            if (window.has(exposure.millis())) {
                count++;
            }
        }
        return count;
    }

    /**
     * How many ads of the rule's scope there are in the fullest of its windows that contain {@code at}. That one may end
     * after {@code at}, where a decision is made late and others came before it.
     */
    int mostInAWindow(CapRule rule, CapSubject subject, long at) {
        Window reach = Window.reach(rule.span(), at);
        if (!read.covers(reach)) {
            throw new IllegalArgumentException("cap " + rule + " at " + at + " reaches over " + reach
                    + ", but exposures were read over " + read + "; ask exposuresOf for the same rules and time");
        }
        long[] times = timesOf(rule.scope(), subject, reach);
        return switch (rule.span()) {
            case CapSpan.Calendar calendar -> times.length;
            case CapSpan.Rolling rolling -> mostWithin(rolling.length().toMillis(), times, at);
        };
    }

    private long[] timesOf(CapScope scope, CapSubject subject, Window reach) {
        long[] times = new long[byTime.size()];
        int found = 0;
        for (Exposure exposure : byTime) {
            if (reach.has(exposure.millis()) && exposure.concerns(scope, subject)) {
                times[found++] = exposure.millis();
            }
        }
        return Arrays.copyOf(times, found);
    }

    /** Slides a window of this length, which always contains {@code at}, to end at each exposure in turn. */
    private static int mostWithin(long length, long[] times, long at) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.length; last++) {
            long end = Math.max(at, times[last]);
            while (end - times[first] >= length) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
