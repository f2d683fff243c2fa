package millrace.devkit.http;

import java.time.Duration;

/** How a request is answered, properly or not. */
public sealed interface Reply {

    /** The whole response, as fast as the client takes it. */
    record Send(Response response) implements Reply {}

    /** The whole response, but {@code bytes} of it every {@code interval}. */
    record Drip(Response response, int bytes, Duration interval) implements Reply {
        public Drip {
            if (bytes < 1 || !interval.isPositive()) {
                throw new IllegalArgumentException(
                        "drip is %d bytes every %s; both must be above 0".formatted(bytes, interval));
            }
        }
    }

    /** Nothing, ever; the connection stays open until the client closes it. */
    record Silence() implements Reply {}

    /** The connection is reset (TCP RST). */
    record Reset() implements Reply {}
}
