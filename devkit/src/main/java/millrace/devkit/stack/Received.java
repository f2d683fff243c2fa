package millrace.devkit.stack;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** A record as a reader got it. */
public record Received<T>(int partition, long offset, long timestamp, String key, T value, Headers headers) {

    /** The last header of that name. */
    public Optional<byte[]> header(String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value);
    }
}
