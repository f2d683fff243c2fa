package millrace.delivery;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import millrace.intake.ReplyTarget;
import millrace.schemas.AdResponse;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/**
 * An answer on its way: only the answer is serialized. Topic and partition travel beside it because a partitioner sees
 * no headers.
 *
 * @param topic the requester's own; absent is ad-responses
 * @param partition the requester's own; absent is by key
 */
public record Reply(Optional<String> topic, OptionalInt partition, AdResponse response) {

    public static Reply to(ReplyTarget.Target target, AdResponse response) {
        return new Reply(Optional.of(target.topic()), target.partition(), response);
    }

    /** To ad-responses. */
    public static Reply of(AdResponse response) {
        return new Reply(Optional.empty(), OptionalInt.empty(), response);
    }

    /** For the sink: the requester's own topic, or else this one. Named, because the topology's description shows it. */
    public record Destination(String usual) implements TopicNameExtractor<String, Reply> {
        @Override
        public String extract(String key, Reply reply, RecordContext context) {
            return reply.topic().orElse(usual);
        }
    }

    /** For the sink. */
    public static StreamPartitioner<String, Reply> partitioner() {
        return (topic, requestId, reply, partitions) -> reply.partition().isPresent()
                ? Optional.of(Set.of(reply.partition().getAsInt()))
                : Optional.empty();
    }

    /** For the sink: what is written is the answer alone. */
    public static Serializer<Reply> serializer(Serializer<AdResponse> answers) {
        return new Serializer<>() {
            @Override
            public byte[] serialize(String topic, Reply reply) {
                return answers.serialize(topic, reply.response());
            }

            @Override
            public byte[] serialize(String topic, Headers headers, Reply reply) {
                return answers.serialize(topic, headers, reply.response());
            }

            @Override
            public void close() {
                answers.close();
            }
        };
    }
}
