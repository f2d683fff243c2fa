package millrace.gateway.http;

import java.time.Duration;

/**
 * What one client may cost.
 *
 * @param bodyBytes of a request, before and after decompression
 * @param connections at a time, all together
 * @param idle a connection that says nothing for this long is closed
 */
public record HttpLimits(int bodyBytes, int connections, Duration idle) {
    static final int HEADERS = 100;
    static final int LINE = 16_384;
}
