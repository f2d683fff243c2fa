package millrace.intake;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/**
 * How large a record may be. What is let in is written again, to the journal with its headers or to another topic, and a record
 * that the broker does not take then would end the thread, again after each restart.
 */
final class Sizes {
    static final int VALUE_BYTES = 512 * 1024;
    static final int KEY_BYTES = 4 * 1024;
    static final int HEADER_BYTES = 32 * 1024;

    private Sizes() {}

    static Optional<String> fault(Record<byte[], byte[]> record) {
        return over("value", record.value() == null ? 0 : record.value().length, VALUE_BYTES)
                .or(() -> over("key", record.key() == null ? 0 : record.key().length, KEY_BYTES))
                .or(() -> over("headers", headerBytes(record), HEADER_BYTES));
    }

    static int headerBytes(Record<byte[], byte[]> record) {
        int bytes = 0;
        for (Header header : record.headers()) {
            // A name has three bytes a character at the most.
            bytes += header.key().length() * 3 + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    private static Optional<String> over(String what, int bytes, int limit) {
        return bytes > limit
                ? Optional.of(what + " has " + bytes + " bytes; at most " + limit + " are allowed")
                : Optional.empty();
    }
}
