package millrace.upstream.openrtb.json;

import java.util.ArrayList;
import java.util.List;
import millrace.check.Fault;

/** The faults of one document, and so many at most. For one thread. */
public final class FaultList {
    private final int most;
    private final List<Fault> faults;

    public FaultList(int most) {
        this(most, List.of());
    }

    /** @param already what reading found */
    public FaultList(int most, List<Fault> already) {
        this.most = most;
        this.faults = new ArrayList<>(already);
    }

    public void add(Place place, String message) {
        if (faults.size() < most) {
            faults.add(new Fault(place.toString(), message));
        } else if (faults.size() == most) {
            faults.add(new Fault("", "there are more faults than the " + most + " above"));
        }
    }

    /** That a required attribute is not there; unless it is, and could not be read. */
    public void addMissing(Place place) {
        String path = place.toString();
        if (faults.stream().noneMatch(fault -> fault.where().equals(path))) {
            add(place, "required, missing");
        }
    }

    public List<Fault> faults() {
        return List.copyOf(faults);
    }
}
