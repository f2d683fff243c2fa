package millrace;

import java.util.List;
import java.util.stream.Collectors;
import millrace.check.Fault;

/** The pipeline does not start like this. The message is for a person: one fault a line. */
public final class StartRefused extends RuntimeException {
    public StartRefused(String what, List<Fault> faults) {
        super(what + ":\n" + faults.stream().map(fault -> "  " + fault).collect(Collectors.joining("\n")));
    }
}
