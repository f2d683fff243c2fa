package millrace.upstream.vast;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import millrace.upstream.AdStart;
import millrace.upstream.Resolution;
import millrace.upstream.Upstream;
import millrace.upstream.UpstreamCall;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpExchange;
import millrace.upstream.http.HttpOutcome;
import millrace.upstream.http.Url;
import millrace.upstream.vast.schedule.BreakChoice;
import millrace.upstream.vast.writer.VastVersion;

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
    private final VastAnswers answers;
    private final String userAgent;

    /** @param userAgent how the service names itself: User-Agent and SERVERUA */
    public VastUpstream(
            HttpExchange http,
            Executor workers,
            ScheduledExecutorService timer,
            InstantSource clock,
            VastLimits limits,
            VastAnswers answers,
            String userAgent) {
        this.http = http;
        this.workers = workers;
        this.timer = timer;
        this.clock = clock;
        this.limits = limits;
        this.answers = answers;
        this.userAgent = userAgent;
    }

    @Override
    public CompletionStage<Resolution> resolve(UpstreamCall call) {
        return resolve(call, (outcome, cookies) -> outcome.resolution(shape(call), cookies));
    }

    /** What came of the chain itself, before it is shaped for an answer. */
    public CompletionStage<VastOutcome> outcome(UpstreamCall call) {
        return resolve(call, (outcome, cookies) -> outcome);
    }

    private Shape shape(UpstreamCall call) {
        VastVersion version = VastVersion.wantedBy(call.request(), call.slot()).orElse(answers.version());
        return new Shape(macros(call), call.request().getMarkup(), version, answers.beacons(), answers.fillsTrackers());
    }

    private RequestMacros macros(UpstreamCall call) {
        return new RequestMacros(
                call.context(), call.request(), call.slot(), call.request().getBlockedCategories(), userAgent);
    }

    private <T> CompletableFuture<T> resolve(UpstreamCall call, BiFunction<VastOutcome, Map<String, String>, T> end) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Duration own = call.upstream().timeout();
        Duration total = own.compareTo(call.remaining()) < 0 ? own : call.remaining();
        Resolving<T> resolving = new Resolving<>(call, result, end, total);
        try {
            var deadline =
                    timer.schedule(() -> resolving.tell(resolving::expire), total.toNanos(), TimeUnit.NANOSECONDS);
            var _ = result.whenComplete((resolution, e) -> {
                deadline.cancel(false);
                resolving.abort();
            });
            workers.execute(() -> resolving.tell(resolving::begin));
        } catch (RejectedExecutionException e) {
            resolving.end(VastOutcome.failed(new UpstreamFailure.Cancelled("the upstream room is closed")));
        }
        return result;
    }

    /**
     * One resolution. Answers come on any thread, several at a time, and the deadline from aside; what they do to the chain is
     * done one after the other, by whoever finds the mailbox empty.
     */
    private final class Resolving<T> {
        private final UpstreamCall call;
        private final CompletableFuture<T> result;
        private final BiFunction<VastOutcome, Map<String, String>, T> end;
        private final Duration total;
        private final long begunNanos = System.nanoTime();
        private final TagRequest tag;

        private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
        private final AtomicInteger letters = new AtomicInteger();
        private final ConcurrentMap<Hop, CompletableFuture<HttpOutcome>> running = new ConcurrentHashMap<>();
        private Optional<VastChain> chain = Optional.empty();
        private volatile Optional<CookieJar> cookies = Optional.empty();

        Resolving(
                UpstreamCall call,
                CompletableFuture<T> result,
                BiFunction<VastOutcome, Map<String, String>, T> end,
                Duration total) {
            this.call = call;
            this.result = result;
            this.end = end;
            this.total = total;
            this.tag = new TagRequest(call, macros(call), userAgent);
        }

        void end(VastOutcome outcome) {
            if (!result.isDone()) {
                result.complete(
                        end.apply(outcome, cookies.map(CookieJar::changes).orElse(Map.of())));
            }
        }

        void begin() {
            try {
                Url first = switch (call.start()) {
                    case AdStart.Tag own -> tag.firstUrl();
                    case AdStart.Markup here -> Url.parse(call.upstream().url());
                    case AdStart.WinNotice(String url, boolean isVast) -> Url.parse(url);
                };
                CookieJar jar = new CookieJar(call.context().cookies(), first, clock);
                cookies = Optional.of(jar);
                SlotFit fit = SlotFit.of(call.slot(), call.request(), answers.mediaChoice());
                BreakChoice breaks = BreakChoice.of(call.slot(), call.request());
                VastChain begun =
                        VastChain.start(new VastChain.Rules(limits, fit, breaks), tag.macros(), first, call.fanout());
                chain = Optional.of(begun);
                if (call.start() instanceof AdStart.Markup(String text)) {
                    begun.answeredAlready(HopAnswer.read(text, first, limits));
                }
                goOn(begun, jar);
            } catch (Url.Refusal e) {
                String message = "upstream " + call.upstream().id() + ": " + e.getMessage();
                end(VastOutcome.failed(new UpstreamFailure.Refused(message)));
            }
        }

        void abort() {
            running.values().forEach(exchange -> exchange.cancel(true));
        }

        void expire() {
            var why = new UpstreamFailure.TimedOut(
                    "upstream " + call.upstream().id() + ": no answer within " + total.toMillis() + " ms");
            end(chain.map(known -> known.expired(why)).orElseGet(() -> VastOutcome.failed(why)));
        }

        /** Does a step now, or leaves it to the thread that is at work. */
        void tell(Runnable step) {
            mailbox.add(step);
            if (letters.getAndIncrement() > 0) {
                return;
            }
            do {
                guarded(Objects.requireNonNull(mailbox.poll()));
            } while (letters.decrementAndGet() > 0);
        }

        private void guarded(Runnable step) {
            try {
                if (!result.isDone()) {
                    step.run();
                }
            } catch (RuntimeException e) {
                // A fault of ours must not leave the request waiting for its deadline.
                end(VastOutcome.failed(new UpstreamFailure.Malformed("internal fault: " + e)));
            }
        }

        private void goOn(VastChain known, CookieJar jar) {
            for (Hop hop : known.toAsk()) {
                CompletableFuture<HttpOutcome> exchange = http.exchange(tag.get(hop.url(), left(), jar));
                running.put(hop, exchange);
                var _ = exchange.thenAccept(outcome -> landed(known, hop, outcome));
            }
            if (result.isDone()) {
                abort();
            } else {
                known.outcome().ifPresent(this::end);
            }
        }

        private void landed(VastChain known, Hop hop, HttpOutcome outcome) {
            running.remove(hop);
            if (result.isDone()) {
                return;
            }
            boolean isLate = outcome instanceof HttpOutcome.Broken(UpstreamFailure.TimedOut t);
            HopAnswer answer = isLate ? new HopAnswer.Empty() : HopAnswer.read(outcome, limits);
            tell(() -> {
                if (isLate) {
                    expire();
                } else {
                    known.answered(hop, answer);
                    goOn(known, cookies.orElseThrow());
                }
            });
        }

        private Duration left() {
            Duration left = total.minusNanos(System.nanoTime() - begunNanos);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }
}
