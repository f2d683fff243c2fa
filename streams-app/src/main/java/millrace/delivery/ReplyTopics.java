package millrace.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the reply headers of a request, as Spring's reply template sends them: {@value #TOPIC} (UTF-8),
 * {@value #PARTITION} (four bytes, big-endian) and {@value #CORRELATION} (any bytes, sent back as they are). Of several
 * headers with one name the last counts. The bytes are a stranger's: nothing here throws, and a reason repeats none of them.
 */
public final class ReplyTopics {
    public static final String TOPIC = "kafka_replyTopic";
    public static final String PARTITION = "kafka_replyPartition";
    public static final String CORRELATION = "kafka_correlationId";
    static final int MAX_CORRELATION_BYTES = 1_024;
    private static final int MAX_TOPIC_BYTES = 249;

    private final Map<String, Integer> partitions;

    /** @param partitions of each topic that a requester may name, as counted at start */
    public ReplyTopics(Map<String, Integer> partitions) {
        this.partitions = Map.copyOf(partitions);
    }

    public ReplyTarget target(Headers headers) {
        Header correlation = headers.lastHeader(CORRELATION);
        byte[] id = correlation == null ? null : correlation.value();
        if (id != null && id.length > MAX_CORRELATION_BYTES) {
            return new ReplyTarget.Refused(
                    CORRELATION + " has " + id.length + " bytes; allowed is " + MAX_CORRELATION_BYTES);
        }
        Header topic = headers.lastHeader(TOPIC);
        return topic == null ? new ReplyTarget.None() : target(topic.value(), headers.lastHeader(PARTITION));
    }

    private ReplyTarget target(byte @Nullable [] name, @Nullable Header partition) {
        if (name == null || name.length == 0 || name.length > MAX_TOPIC_BYTES) {
            return new ReplyTarget.Refused(
                    TOPIC + " has " + (name == null ? 0 : name.length) + " bytes; allowed is 1 to " + MAX_TOPIC_BYTES);
        }
        String topic = text(name);
        Integer count = partitions.get(topic);
        if (count == null) {
            return new ReplyTarget.Refused(TOPIC + " is not one of the allowed reply topics");
        }
        return partition == null
                ? new ReplyTarget.Target(topic, OptionalInt.empty())
                : target(topic, count, partition.value());
    }

    private static ReplyTarget target(String topic, int count, byte @Nullable [] partition) {
        if (partition == null || partition.length != Integer.BYTES) {
            return new ReplyTarget.Refused(PARTITION + " has " + (partition == null ? 0 : partition.length)
                    + " bytes; allowed is " + Integer.BYTES);
        }
        int number = ByteBuffer.wrap(partition).getInt();
        if (number < 0 || number >= count) {
            return new ReplyTarget.Refused(PARTITION + " is " + number + "; allowed is 0 to " + (count - 1));
        }
        return new ReplyTarget.Target(topic, OptionalInt.of(number));
    }

    /** Empty, which is no topic, when it is not UTF-8. */
    private static String text(byte[] name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException notText) {
            return "";
        }
    }
}
