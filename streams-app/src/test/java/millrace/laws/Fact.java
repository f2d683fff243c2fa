package millrace.laws;

import java.util.Map;
import millrace.schemas.Campaign;
import org.apache.avro.specific.SpecificRecord;

/** Something that a task did, in the order in which it did it; true once it is committed. */
sealed interface Fact {

    /** It read this record. */
    record In(SpecificRecord value, long timestamp) implements Fact {}

    /**
     * It sent this on.
     *
     * @param sink the topology's name of it
     * @param timestamp the record's own
     * @param at when it was sent
     * @param catalog what the task knew of the catalog then
     */
    record Out(String sink, String key, Object value, long timestamp, long at, Map<String, Campaign> catalog)
            implements Fact {}
}
