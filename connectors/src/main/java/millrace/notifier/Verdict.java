package millrace.notifier;

import java.time.Duration;
import millrace.schemas.NoticeKind;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.HttpOutcome;

/** What to do after an attempt. */
sealed interface Verdict {

    /** Its receiver took it. */
    record Fired(int status) implements Verdict {}

    /** Tried again after a pause. */
    record Again(Duration after) implements Verdict {}

    /** Not tried again.
     *
     * @param status 0 when there was no answer
     */
    record GivenUp(int status, String reason) implements Verdict {}

    /**
     * When a notice is tried again.
     *
     * @param attempts in all
     * @param first pause; each further one is twice as long
     * @param longest pause
     */
    record Patience(int attempts, Duration first, Duration longest) {

        Duration pause(int attempt) {
            Duration doubled = first.multipliedBy(1L << Math.min(attempt - 1, 30));
            return doubled.compareTo(longest) > 0 ? longest : doubled;
        }
    }

    /**
     * After an attempt of a notice. A billing notice has one: a call that failed may have arrived all the same.
     *
     * @param attempt the first is 1
     */
    static Verdict of(NoticeKind kind, int attempt, HttpOutcome outcome, Patience patience) {
        return switch (outcome) {
            case HttpOutcome.Reply reply ->
                reply.status() < 400
                        ? new Fired(reply.status())
                        : failed(kind, attempt, reply.status(), "answered " + reply.status(), patience);
            case HttpOutcome.Broken(UpstreamFailure failure) ->
                switch (failure) {
                    case UpstreamFailure.Refused refused -> new GivenUp(0, refused.message());
                    // Whoever was called has answered, only not as HTTP wants it: it was told.
                    case UpstreamFailure.Malformed malformed -> new Fired(0);
                    case UpstreamFailure.HttpStatus(int status, String message) ->
                        failed(kind, attempt, status, message, patience);
                    case UpstreamFailure.TimedOut timedOut -> failed(kind, attempt, 0, timedOut.message(), patience);
                    case UpstreamFailure.Unreachable unreachable ->
                        failed(kind, attempt, 0, unreachable.message(), patience);
                    case UpstreamFailure.Cancelled cancelled -> failed(kind, attempt, 0, cancelled.message(), patience);
                };
        };
    }

    private static Verdict failed(NoticeKind kind, int attempt, int status, String reason, Patience patience) {
        boolean mayPass = status == 0 || status == 408 || status == 425 || status == 429 || status >= 500;
        if (kind == NoticeKind.BILLING || !mayPass || attempt >= patience.attempts()) {
            return new GivenUp(status, reason);
        }
        return new Again(patience.pause(attempt));
    }
}
