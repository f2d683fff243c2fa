package millrace.catalog.file;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import millrace.check.Fault;

/** Where in the file the fields of one record stand. */
final class Places {
    private record Place(String where, String name) {}

    private final String record;
    private final Map<String, Place> byField = new HashMap<>();
    private final Set<String> faulty = new HashSet<>();

    Places(String record) {
        this.record = record;
    }

    /** Where the record begins. */
    String record() {
        return record;
    }

    void put(String field, String where, String name) {
        byField.put(field, new Place(where, name));
    }

    /** This field's value in the file is wrong already; what is found in its stead says nothing. */
    void faulty(String field) {
        faulty.add(field);
    }

    boolean isFaulty(String field) {
        return faulty.contains(field);
    }

    /** A fault of the record, as one of the file. */
    Fault inFile(Fault fault) {
        String message = fault.message() + (fault.where().endsWith("Millis") ? " milliseconds" : "");
        String field = fault.where();
        Place exact = byField.get(field);
        if (exact != null) {
            return new Fault(exact.where(), exact.name() + ": " + message);
        }
        for (int dot = field.lastIndexOf('.'); dot > 0; dot = field.lastIndexOf('.', dot - 1)) {
            Place around = byField.get(field.substring(0, dot));
            if (around != null) {
                return new Fault(around.where(), around.name() + field.substring(dot) + ": " + message);
            }
        }
        return new Fault(record, field + ": " + message);
    }
}
