package millrace.decision;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The requests of one partition that have no answer yet, oldest first. For the stream thread only. */
final class OpenFlights {
    private final Set<InFlight> flights = new LinkedHashSet<>();

    void add(InFlight flight) {
        flights.add(flight);
    }

    boolean remove(InFlight flight) {
        return flights.remove(flight);
    }

    /** A copy: deciding takes flights out. */
    List<InFlight> all() {
        return new ArrayList<>(flights);
    }

    boolean isEmpty() {
        return flights.isEmpty();
    }
}
