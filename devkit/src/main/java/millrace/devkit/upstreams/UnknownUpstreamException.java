package millrace.devkit.upstreams;

import java.io.Serial;
import java.util.Collection;

/** Nobody of that name is simulated. */
public final class UnknownUpstreamException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    UnknownUpstreamException(String name, Collection<String> known) {
        super("upstream " + name + " is not defined; there are " + known);
    }
}
