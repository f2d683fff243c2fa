package millrace.wire;

import java.util.List;

/** Whether a schema may become the next version of a subject. */
public sealed interface Compatibility {

    record Compatible() implements Compatibility {}

    /** @param reasons the registry's own words, one for each difference; may be empty when it gave none */
    record Incompatible(List<String> reasons) implements Compatibility {
        public Incompatible {
            reasons = List.copyOf(reasons);
        }
    }
}
