package millrace.upstream.http;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import millrace.upstream.UpstreamFailure;
import org.apache.hc.core5.concurrent.FutureCallback;

/**
 * One call from its first hop to its end.
 *
 * <pre>
 *   begin ─► name threads: find ─► worker: guard, execute ─► reactor: bytes ─► worker: decode ─► done
 *              ▲                                                                  │
 *              └──────────────── redirect, at most maxRedirects ◄─────────────────┘
 *   deadline or cancellation, at any point ─► done, and what is running is aborted
 * </pre>
 *
 * <p>{@code result} is what makes the end happen once: whoever completes it first wins, and every step stops when it is
 * done.
 */
final class CallInFlight {
    /** What one hop needs of the exchange. */
    interface Hop {
        CompletableFuture<Names.Answer> find(String host);

        boolean permits(Url url, Names.Answer answer);

        HttpWitness witness();

        Future<RawAnswer> send(HttpCall call, BooleanSupplier ended, FutureCallback<RawAnswer> callback);
    }

    private final CompletableFuture<HttpOutcome> result;
    private final Hop hop;
    private final Executor workers;
    private final HttpSettings settings;

    private volatile Future<?> running = CompletableFuture.completedFuture(null);

    CallInFlight(CompletableFuture<HttpOutcome> result, Hop hop, Executor workers, HttpSettings settings) {
        this.result = result;
        this.hop = hop;
        this.workers = workers;
        this.settings = settings;
    }

    /** Starts on the caller's thread, which only enqueues. */
    void begin(HttpCall call) {
        onWorker(() -> resolve(call, 0));
    }

    /** Ends whatever is running; called when the result is there. */
    void abort() {
        running.cancel(true);
    }

    private void resolve(HttpCall call, int redirects) {
        var asked = hop.find(call.url().host());
        if (asked.isDone()) {
            connect(call, redirects, asked.join());
            return;
        }
        // Waits with the name server; never on a thread that others need.
        var _ = asked.whenComplete((answer, e) -> onWorker(() -> connect(call, redirects, answer)));
    }

    private void connect(HttpCall call, int redirects, Names.Answer answer) {
        if (result.isDone()) {
            return;
        }
        if (!answer.isKnown()) {
            broken(new UpstreamFailure.Unreachable(answer.problem()));
            return;
        }
        if (!hop.permits(call.url(), answer)) {
            broken(new UpstreamFailure.Refused(call.url().host() + ": not an address on the public internet"));
            return;
        }
        running = hop.send(call, result::isDone, new Landing(call, redirects));
        if (result.isDone()) {
            abort();
        }
    }

    private void land(HttpCall call, int redirects, RawAnswer answer) {
        call.cookies().received(call.url(), answer.headers().all("Set-Cookie"));
        if (answer.isRedirect()) {
            hop.witness().saw(call.url(), answer.status(), answer.headers(), new byte[0]);
            redirect(call, redirects, answer);
            return;
        }
        String encoding = answer.headers().get("Content-Encoding").orElse("");
        try {
            byte[] body = BoundedBody.decoded(answer.body(), encoding, settings.maxResponseBytes());
            hop.witness().saw(call.url(), answer.status(), answer.headers(), body);
            result.complete(new HttpOutcome.Reply(answer.status(), answer.headers(), body, call.url()));
        } catch (IOException e) {
            broken(new UpstreamFailure.Malformed(call.url().host() + ": " + e.getMessage()));
        }
    }

    private void redirect(HttpCall call, int redirects, RawAnswer answer) {
        Optional<String> location = answer.headers().get("Location");
        if (redirects >= settings.maxRedirects() || location.isEmpty()) {
            String why = location.isEmpty() ? "a redirect without a Location" : "more than " + redirects + " redirects";
            broken(new UpstreamFailure.HttpStatus(answer.status(), call.url().host() + ": " + why));
            return;
        }
        try {
            Url target = call.url().resolve(location.get());
            resolve(call.redirected(answer.status(), target), redirects + 1);
        } catch (Url.Refusal e) {
            broken(new UpstreamFailure.Refused("redirect of " + call.url().host() + ": " + e.getMessage()));
        }
    }

    private void broken(UpstreamFailure failure) {
        result.complete(new HttpOutcome.Broken(failure));
    }

    private void onWorker(Runnable step) {
        if (result.isDone()) {
            return;
        }
        try {
            workers.execute(() -> run(step));
        } catch (RejectedExecutionException e) {
            broken(new UpstreamFailure.Cancelled("the upstream room is closed"));
        }
    }

    private void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // A fault of ours must not leave the caller waiting for its deadline.
            broken(new UpstreamFailure.Unreachable("internal fault: " + e));
        }
    }

    /** Comes on a reactor thread and leaves it at once. */
    private final class Landing implements FutureCallback<RawAnswer> {
        private final HttpCall call;
        private final int redirects;

        Landing(HttpCall call, int redirects) {
            this.call = call;
            this.redirects = redirects;
        }

        @Override
        public void completed(RawAnswer answer) {
            onWorker(() -> land(call, redirects, answer));
        }

        @Override
        public void failed(Exception cause) {
            onWorker(() -> broken(Faults.read(call.url().host(), cause)));
        }

        @Override
        public void cancelled() {
            onWorker(() -> broken(new UpstreamFailure.Cancelled(call.url().host() + ": cancelled")));
        }
    }
}
