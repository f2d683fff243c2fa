package millrace.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Reads the reply headers that request-reply clients send (Spring's reply template among them): {@code kafka_replyTopic} as UTF-8 and
 * {@code kafka_replyPartition} as four bytes, most significant first. {@code kafka_correlationId} is passed through as it is.
 *
 * @param partitions of each topic that answers may go to, ad-responses among them; a producer that is given a partition that does not
 *     exist waits a minute for it
 * @param usual name of ad-responses
 */
public record ReplyRules(Map<String, Integer> partitions, String usual) {
    static final String TOPIC = "kafka_replyTopic";
    static final String PARTITION = "kafka_replyPartition";
    private static final int NAME_LIMIT = 249;
    private static final ReplyTarget USUAL = new ReplyTarget.Usual();

    public ReplyRules {
        partitions = Map.copyOf(partitions);
    }

    public ReplyTarget targetOf(Headers headers) {
        Header topic = headers.lastHeader(TOPIC);
        Header partition = headers.lastHeader(PARTITION);
        if (topic == null && partition == null) {
            return USUAL;
        }
        String name = topic == null ? usual : name(topic.value());
        Integer count = partitions.get(name);
        if (count == null) {
            return new ReplyTarget.Refused(TOPIC + " is no topic of the setting reply.topics");
        }
        if (partition == null) {
            return new ReplyTarget.Asked(name, OptionalInt.empty());
        }
        byte[] bytes = partition.value();
        if (bytes == null || bytes.length != Integer.BYTES) {
            return new ReplyTarget.Refused(PARTITION + " has " + (bytes == null ? 0 : bytes.length)
                    + " bytes; 4 are wanted, most significant first");
        }
        int number = ByteBuffer.wrap(bytes).getInt();
        if (number < 0 || number >= count) {
            return new ReplyTarget.Refused(
                    PARTITION + " is " + number + "; " + name + " has partitions 0 to " + (count - 1));
        }
        return new ReplyTarget.Asked(name, OptionalInt.of(number));
    }

    private static String name(byte[] bytes) {
        return bytes == null || bytes.length > NAME_LIMIT ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
