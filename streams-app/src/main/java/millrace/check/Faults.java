package millrace.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects everything that is wrong with one input. For one thread. */
public final class Faults {
    private final String path;
    private final List<Fault> list;

    public Faults() {
        this("", new ArrayList<>());
    }

    private Faults(String path, List<Fault> list) {
        this.path = path;
        this.list = list;
    }

    /** The same collection, for a part of the input: its faults are found within {@code part}. */
    public Faults in(String part) {
        return new Faults(pathOf(part), list);
    }

    /** The same collection, for one of several. */
    public Faults in(String part, int index) {
        return in(part + "[" + index + "]");
    }

    public void add(String where, String message) {
        list.add(new Fault(pathOf(where), message));
    }

    /** Adds a fault unless what is required holds. */
    public void require(boolean holds, String where, String message) {
        if (!holds) {
            add(where, message);
        }
    }

    /** Adds a fault unless a number is within its range. */
    public void range(String where, long value, long least, long most) {
        require(value >= least && value <= most, where, "is " + value + "; allowed is " + least + " to " + most);
    }

    /** The value if nothing was wrong; made only then, so that its constructor meets no wrong part. */
    public <T> Checked<T> orValid(Supplier<T> value) {
        return list.isEmpty() ? new Checked.Valid<>(value.get()) : new Checked.Invalid<>(list);
    }

    private String pathOf(String part) {
        return path.isEmpty() ? part : path + "." + part;
    }
}
