package millrace.devkit.http;

import java.time.Duration;

/**
 * What a request gets, and when.
 *
 * @param delay from the request's last byte; 0 or more, kept to about a millisecond
 */
public record Reaction(Duration delay, Reply reply) {
    public Reaction {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay is " + delay + "; it must be 0 or more");
        }
    }

    public static Reaction now(Response response) {
        return new Reaction(Duration.ZERO, new Reply.Send(response));
    }
}
