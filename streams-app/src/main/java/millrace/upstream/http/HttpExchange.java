package millrace.upstream.http;

import java.util.concurrent.CompletableFuture;

/**
 * The port through which every protocol speaks HTTP.
 *
 * <p>The future completes exactly once and normally: with a {@link HttpOutcome.Reply} or with the reason why there is
 * none, at the call's timeout at the latest. Cancelling it ends the exchange. The caller's thread is never used for a
 * name look-up, a connection or a body. Safe to repeat as far as the other side's GET is.
 */
@FunctionalInterface
public interface HttpExchange {
    CompletableFuture<HttpOutcome> exchange(HttpCall call);
}
