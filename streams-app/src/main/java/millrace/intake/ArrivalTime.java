package millrace.intake;

import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The broker's time of a record, never an exception: a negative timestamp would kill the stream thread, one in the far future
 * would drop everybody's window segments.
 */
public record ArrivalTime(InstantSource clock) implements TimestampExtractor {
    /** Clocks of brokers and pipeline differ a little; more than this is a mistake. */
    private static final long AHEAD_MILLIS = 60_000;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long now = clock.millis();
        long timestamp = record.timestamp();
        return timestamp < 0 || timestamp > now + AHEAD_MILLIS ? Math.max(now, Math.max(0, partitionTime)) : timestamp;
    }
}
