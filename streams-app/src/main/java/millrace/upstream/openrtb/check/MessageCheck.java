package millrace.upstream.openrtb.check;

import java.util.List;
import millrace.check.Fault;
import millrace.upstream.openrtb.json.FaultList;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.json.Place;
import millrace.upstream.openrtb.json.Shape;

/**
 * Checks messages of one kind against the specification: what is required, ranges, exclusive pairs, doubled ids. Safe for many threads.
 *
 * <p>What the specification wants to be tolerated is no fault: an attribute that it does not have, a list value that is new. A strict check names
 * the second.
 */
public final class MessageCheck<R extends Record> {
    private final Shape<R> shape;
    private final Limits limits;
    private final Strictness strictness;

    public MessageCheck(Shape<R> shape, Limits limits, Strictness strictness) {
        this.shape = shape;
        this.limits = limits;
        this.strictness = strictness;
    }

    public List<Fault> faults(R message) {
        return faults(message, List.of());
    }

    /** @param already what reading found: comes first, and is not called missing as well */
    public List<Fault> faults(R message, List<Fault> already) {
        FaultList faults = new FaultList(limits.faults(), already);
        new ObjectCheck(faults, strictness).check(shape, message, Place.root(shape.name()));
        return faults.faults();
    }
}
