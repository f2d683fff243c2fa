package millrace.caps;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The exposures of one user in one slot of time, in the order in which they came. Each change gives a new value, or this
 * one when there is nothing to change, so that repeating it does nothing.
 */
record TimeSlot(List<Exposure> exposures) {
    /** At about 1 KiB an exposure at the most, a row stays below the megabyte that a broker takes. */
    static final int MAX_EXPOSURES = 500;

    static final TimeSlot EMPTY = new TimeSlot(List.of());

    TimeSlot {
        exposures = List.copyOf(exposures);
    }

    boolean isFull() {
        return exposures.size() >= MAX_EXPOSURES;
    }

    boolean holds(long reservation) {
        return exposures.stream().anyMatch(exposure -> exposure.reservation() == reservation);
    }

    /** With this one too, unless it is there or the slot is full. */
    TimeSlot with(Exposure added) {
        if (isFull() || holds(added.reservation())) {
            return this;
        }
        List<Exposure> more = new ArrayList<>(exposures);
        more.add(added);
        return new TimeSlot(more);
    }

    TimeSlot confirmed(long reservation) {
        if (exposures.stream().noneMatch(reserved(reservation))) {
            return this;
        }
        return new TimeSlot(exposures.stream()
                .map(exposure -> exposure.reservation() == reservation ? exposure.shown() : exposure)
                .toList());
    }

    /** Without a reservation that is still waiting; what was shown stays. */
    TimeSlot released(long reservation) {
        if (exposures.stream().noneMatch(reserved(reservation))) {
            return this;
        }
        return new TimeSlot(
                exposures.stream().filter(reserved(reservation).negate()).toList());
    }

    private static Predicate<Exposure> reserved(long reservation) {
        return exposure -> exposure.reservation() == reservation && exposure.state() == Exposure.State.RESERVED;
    }
}
