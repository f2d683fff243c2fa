package millrace.laws;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One partition of one topic. */
record Log(String topic, int partition, List<Entry> entries) {

    /** @param bytes the value on the wire; absent for a record that deletes */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Entry(
            String key, byte @Nullable [] bytes, @Nullable SpecificRecord value, long timestamp) {}

    static Log of(String topic, int partition) {
        return new Log(topic, partition, new ArrayList<>());
    }
}
