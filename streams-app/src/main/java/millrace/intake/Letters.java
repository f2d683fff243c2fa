package millrace.intake;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import millrace.schemas.DeadLetter;
import millrace.session.Origin;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Dead letters of records that came in by a door, with where they stood and what they held. */
final class Letters {
    /** Longest value that is kept whole. */
    static final int VALUE_LIMIT = 256 * 1024;
    /** Longest message, in characters: some repeat what a stranger wrote. */
    static final int MESSAGE_LIMIT = 32 * 1024;

    private Letters() {}

    static Record<String, DeadLetter> letter(
            Record<byte[], byte[]> record, Origin origin, String stage, String reason, String message) {
        byte @Nullable [] value = record.value();
        boolean truncated = value != null && value.length > VALUE_LIMIT;
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(reason)
                .setMessage(message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT))
                .setStage(stage)
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setTimestamp(record.timestamp())
                .setKey(wrapped(cut(record.key(), Sizes.KEY_BYTES)))
                .setValue(wrapped(cut(value, VALUE_LIMIT)))
                .setTruncated(truncated)
                .setHeaders(Sizes.headerBytes(record) > Sizes.HEADER_BYTES ? Map.of() : map(record.headers()))
                .build();
        return new Record<>(key(origin), letter, record.timestamp());
    }

    private static String key(Origin origin) {
        return origin.topic() + "-" + origin.partition() + "-" + origin.offset();
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int limit) {
        return bytes == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit);
    }

    private static @Nullable ByteBuffer wrapped(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static Map<String, ByteBuffer> map(Headers headers) {
        Map<String, ByteBuffer> map = new LinkedHashMap<>();
        for (Header header : headers) {
            map.put(header.key(), ByteBuffer.wrap(header.value() == null ? new byte[0] : header.value()));
        }
        return map;
    }
}
