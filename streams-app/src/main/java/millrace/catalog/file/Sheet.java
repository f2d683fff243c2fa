package millrace.catalog.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.check.Fault;
import org.snakeyaml.engine.v2.nodes.Node;

/** One file while it is read: its name, its faults, and the environment that its {@code ${NAME}} stand for. */
final class Sheet {
    private final String label;
    private final Map<String, String> environment;
    private final List<Fault> faults = new ArrayList<>();

    Sheet(String label, Map<String, String> environment) {
        this.label = label;
        this.environment = environment;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<Fault> faults() {
        return faults;
    }

    void fault(String where, String message) {
        faults.add(new Fault(where, message));
    }

    /** File, line and column, counted from 1. */
    String where(Node node) {
        return node.getStartMark()
                .map(mark -> label + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                .orElse(label);
    }
}
