package millrace.check;

import java.util.List;

/** What came of checking an input: its value, or all of its faults. */
public sealed interface Checked<T> {

    record Valid<T>(T value) implements Checked<T> {}

    /** @param faults at least one */
    record Invalid<T>(List<Fault> faults) implements Checked<T> {
        public Invalid {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("faults is empty; an invalid input has at least one");
            }
        }

        public Invalid(Fault fault) {
            this(List.of(fault));
        }
    }
}
