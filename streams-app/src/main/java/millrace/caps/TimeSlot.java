package millrace.caps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The exposures of one user in one slot of time, in the order in which they came. Each change gives a new value, or this
 * one when there is nothing to change, so that repeating it does nothing.
 */
record TimeSlot(List<Exposure> exposures) {
    /** A user with this many in a slot is promised no more. */
    static final int MAX_PROMISED = 500;

    /** At about 1.3 KiB an exposure at the most, a row stays below the megabyte that a broker takes. The rest is for late ones. */
    static final int MAX_EXPOSURES = 700;

    static final TimeSlot EMPTY = new TimeSlot(List.of());

    TimeSlot {
        exposures = List.copyOf(exposures);
    }

    boolean takesPromises() {
        return exposures.size() < MAX_PROMISED;
    }

    boolean takesLate() {
        return exposures.size() < MAX_EXPOSURES;
    }

    Optional<Exposure> find(long reservation) {
        for (Exposure exposure : exposures) {
            if (exposure.reservation() == reservation) {
                return Optional.of(exposure);
            }
        }
        return Optional.empty();
    }

    /** With this one too. */
    TimeSlot with(Exposure added) {
        List<Exposure> more = new ArrayList<>(exposures);
        more.add(added);
        return new TimeSlot(more);
    }

    TimeSlot confirmed(long reservation) {
        if (find(reservation).filter(Exposure::isReserved).isEmpty()) {
            return this;
        }
        return new TimeSlot(exposures.stream()
                .map(exposure -> exposure.reservation() == reservation ? exposure.shown() : exposure)
                .toList());
    }

    /** Without a reservation that is still waiting; what was shown stays. */
    TimeSlot released(long reservation) {
        if (find(reservation).filter(Exposure::isReserved).isEmpty()) {
            return this;
        }
        return new TimeSlot(exposures.stream()
                .filter(exposure -> exposure.reservation() != reservation)
                .toList());
    }
}
