package millrace.upstream.replay;

import java.util.Map;

/** What one URL answers. */
public sealed interface Page {

    /** @param body decoded of its content encoding */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
    record Answer(int status, Map<String, String> headers, byte[] body) implements Page {
        public Answer {
            headers = Map.copyOf(headers);
        }

        boolean isRedirect() {
            return status >= 300 && status < 400 && headers.containsKey("Location");
        }
    }

    /** Nothing in time. */
    record Timeout() implements Page {}

    /** No connection, or one that is not allowed. */
    record Broken(String message) implements Page {}
}
