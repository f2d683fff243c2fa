package millrace.laws;

import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;

/** What {@link Wrapping} puts between the topology's own processors and Kafka Streams. */
public interface Life {

    StoreBuilder<?> storeFor(StoreBuilder<?> wanted);

    int partition();

    /** Where the record stands that is read now; nothing where the driver knows. */
    Optional<RecordMetadata> reading();

    /** @return whether it is kept here, and goes to no topic of the driver */
    boolean takes(String sink, Record<?, ?> record);
}
