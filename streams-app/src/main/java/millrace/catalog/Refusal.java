package millrace.catalog;

import java.util.List;
import millrace.check.Fault;

/**
 * A record on a catalog topic that was not taken; what stood before it stays.
 *
 * @param key as it came; may be changed by nobody
 * @param value as it came
 * @param timestamp in milliseconds since 1970 UTC
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from the topic to a dead letter; never compared.
public record Refusal(
        String topic, int partition, long offset, long timestamp, String key, byte[] value, List<Fault> faults) {

    public Refusal {
        faults = List.copyOf(faults);
    }
}
