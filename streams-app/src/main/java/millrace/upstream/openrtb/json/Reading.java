package millrace.upstream.openrtb.json;

import java.util.List;
import millrace.check.Fault;

/** What came of reading bytes. */
public sealed interface Reading<R> {

    /**
     * A document of the right kind. An attribute of a wrong type is absent in the value and has a fault.
     *
     * @param faults may be none
     */
    record Document<R>(R value, List<Fault> faults) implements Reading<R> {
        public Document {
            faults = List.copyOf(faults);
        }
    }

    /** No JSON, no object, too large or too deep. */
    record Unreadable<R>(Fault fault) implements Reading<R> {}
}
