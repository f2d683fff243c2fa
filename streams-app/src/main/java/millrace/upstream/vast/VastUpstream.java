package millrace.upstream.vast;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import millrace.upstream.Resolution;
import millrace.upstream.Upstream;
import millrace.upstream.UpstreamCall;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;

/**
 * An ad server that speaks VAST.
 *
 * <p>The caller's thread schedules the deadline and enqueues. One deadline covers every hop: the lesser of what the call
 * has left and the upstream's own timeout. At the deadline the resolution ends with what has been gathered so far. Never
 * fires an impression or an error; it only says which error calls are owed. Safe to repeat as far as the ad server's GET
 * is: nothing is remembered here.
 */
public final class VastUpstream implements Upstream {
    private final HttpExchange http;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final VastLimits limits;
    private final String userAgent;

    /** @param userAgent how the service names itself: User-Agent and SERVERUA */
    public VastUpstream(
            HttpExchange http,
            Executor workers,
            ScheduledExecutorService timer,
            InstantSource clock,
            VastLimits limits,
            String userAgent) {
        this.http = http;
        this.workers = workers;
        this.timer = timer;
        this.clock = clock;
        this.limits = limits;
        this.userAgent = userAgent;
    }

    @Override
    public CompletionStage<Resolution> resolve(UpstreamCall call) {
        CompletableFuture<Resolution> result = new CompletableFuture<>();
        Duration own = call.upstream().timeout();
        Duration total = own.compareTo(call.remaining()) < 0 ? own : call.remaining();
        Resolving resolving = new Resolving(call, result, total);
        try {
            var deadline = timer.schedule(resolving::expire, total.toNanos(), TimeUnit.NANOSECONDS);
            var _ = result.whenComplete((resolution, e) -> {
                deadline.cancel(false);
                resolving.abort();
            });
            workers.execute(() -> resolving.guarded(resolving::begin));
        } catch (RejectedExecutionException e) {
            result.complete(new Resolution.Failed(new UpstreamFailure.Cancelled("the upstream room is closed")));
        }
        return result;
    }

    /** One resolution. Its steps follow each other; only the deadline comes from aside, and reads a finished step. */
    private final class Resolving {
        private final UpstreamCall call;
        private final CompletableFuture<Resolution> result;
        private final Duration total;
        private final long begunNanos = System.nanoTime();
        private final TagRequest tag;

        private volatile Optional<VastChain> waiting = Optional.empty();
        private volatile Optional<CookieJar> cookies = Optional.empty();
        private volatile CompletableFuture<HttpOutcome> running = new CompletableFuture<>();

        Resolving(UpstreamCall call, CompletableFuture<Resolution> result, Duration total) {
            this.call = call;
            this.result = result;
            this.total = total;
            RequestMacros macros = new RequestMacros(
                    call.context(), call.request(), call.slot(), call.request().getBlockedCategories(), userAgent);
            this.tag = new TagRequest(call, macros, userAgent);
        }

        void begin() {
            try {
                Url first = tag.firstUrl();
                cookies = Optional.of(new CookieJar(call.context().cookies(), first, clock));
                SlotFit fit = new SlotFit(call.slot(), call.request().getBlockedAdvertisers());
                step(VastChain.start(new VastChain.Rules(limits, fit), tag.macros(), first));
            } catch (Url.Refusal e) {
                String message = "upstream " + call.upstream().id() + ": " + e.getMessage();
                result.complete(new Resolution.Failed(new UpstreamFailure.Refused(message)));
            }
        }

        void abort() {
            running.cancel(true);
        }

        void expire() {
            var why = new UpstreamFailure.TimedOut(
                    "upstream " + call.upstream().id() + ": no answer within " + total.toMillis() + " ms");
            Resolution late = waiting.map(chain -> chain.expired(why).resolution(cookiesSet()))
                    .orElseGet(() -> new Resolution.Failed(why));
            result.complete(late);
        }

        void guarded(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                // A fault of ours must not leave the request waiting for its deadline.
                result.complete(new Resolution.Failed(new UpstreamFailure.Malformed("internal fault: " + e)));
            }
        }

        private void step(VastStep step) {
            switch (step) {
                case VastStep.Done done -> result.complete(done.resolution(cookiesSet()));
                case VastStep.Get(var url, var then) -> get(url, then);
            }
        }

        private void get(Url url, VastChain then) {
            waiting = Optional.of(then);
            if (result.isDone()) {
                return;
            }
            running = http.exchange(tag.get(url, left(), cookies.orElseThrow()));
            if (result.isDone()) {
                abort();
            }
            var _ = running.thenAccept(outcome -> guarded(() -> landed(then, outcome)));
        }

        private void landed(VastChain chain, HttpOutcome outcome) {
            boolean isLate = outcome instanceof HttpOutcome.Broken(UpstreamFailure.TimedOut t);
            if (isLate) {
                expire();
            } else if (!result.isDone()) {
                step(chain.answered(HopAnswer.read(outcome, limits)));
            }
        }

        private Duration left() {
            Duration left = total.minusNanos(System.nanoTime() - begunNanos);
            return left.isNegative() ? Duration.ZERO : left;
        }

        private Map<String, String> cookiesSet() {
            return cookies.map(CookieJar::changes).orElse(Map.of());
        }
    }
}
