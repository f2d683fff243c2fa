package millrace.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import millrace.session.Origin;

/** The requests of one partition that have no answer yet, oldest first. For the stream thread only. */
final class OpenFlights {
    private final Set<InFlight> flights = new LinkedHashSet<>();
    /** No flight is due before; there may be none at all any more that is due then. */
    private Instant earliest = Instant.MAX;

    void add(InFlight flight) {
        flights.add(flight);
        earliest = flight.lastAsk.isBefore(earliest) ? flight.lastAsk : earliest;
    }

    boolean remove(InFlight flight) {
        return flights.remove(flight);
    }

    /** Whether one has reached the moment after which nobody is asked any more. Looks through them at most once a moment. */
    boolean hasOneDueBy(Instant now) {
        if (now.isBefore(earliest)) {
            return false;
        }
        Instant first = Instant.MAX;
        for (InFlight flight : flights) {
            first = flight.lastAsk.isBefore(first) ? flight.lastAsk : first;
        }
        earliest = first;
        return !now.isBefore(first);
    }

    /** Looks through all of them. */
    boolean has(Origin origin) {
        return flights.stream().anyMatch(flight -> flight.asked.origin().equals(origin));
    }

    /** A copy: deciding takes flights out. */
    List<InFlight> all() {
        return new ArrayList<>(flights);
    }

    boolean isEmpty() {
        return flights.isEmpty();
    }
}
