package millrace.upstream.http;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import millrace.upstream.UpstreamFailure;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * The room's only I/O: every call of every upstream, over one pool of connections and a handful of threads, however
 * many calls are in flight.
 *
 * <p>The caller's thread enqueues and schedules the deadline, nothing else. Names are found on the name threads, calls
 * are started and bodies decoded on the workers, bytes are moved by the reactors, deadlines are kept by the timer. A
 * call ends once: with its answer, at its deadline, or cancelled.
 */
public final class PooledHttpExchange implements HttpExchange, AutoCloseable {
    private static final int MAX_WAITING_LOOKUPS = 1000;
    private static final long END_MILLIS = 500;

    private final HttpSettings settings;
    private final CloseableHttpAsyncClient client;
    private final DestinationGuard guard;
    private final Names names;
    private final ThreadPoolExecutor nameThreads;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;
    private final HttpWitness witness;
    private final CallInFlight.Hop hop = new PooledHop();

    /** Opens the pool; no connection is made yet. */
    public PooledHttpExchange(HttpSettings settings, NameLookup lookup, InstantSource clock) {
        this(settings, lookup, clock, HttpWitness.NOBODY);
    }

    /** Opens the pool with somebody who looks on. */
    public PooledHttpExchange(HttpSettings settings, NameLookup lookup, InstantSource clock, HttpWitness witness) {
        this.settings = settings;
        this.witness = witness;
        this.guard = new DestinationGuard(settings.allow());
        this.workers = Executors.newFixedThreadPool(settings.workerThreads(), named("upstream-worker-"));
        this.timer = new ScheduledThreadPoolExecutor(1, named("upstream-timer-"));
        // Nearly every deadline is cancelled by its answer; it must not stay until it would have come.
        timer.setRemoveOnCancelPolicy(true);
        this.nameThreads = new ThreadPoolExecutor(
                settings.nameThreads(),
                settings.nameThreads(),
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING_LOOKUPS),
                named("upstream-names-"));
        nameThreads.allowCoreThreadTimeOut(true);
        this.names = new Names(lookup, nameThreads, timer, clock, settings);
        this.client = ClientSetup.client(settings, new CheckedAddresses(names, guard));
        client.start();
    }

    @Override
    public CompletableFuture<HttpOutcome> exchange(HttpCall call) {
        CompletableFuture<HttpOutcome> result = new CompletableFuture<>();
        CallInFlight flight = new CallInFlight(result, hop, workers, settings);
        try {
            var deadline = timer.schedule(
                    () -> result.complete(timedOut(call)), call.timeout().toNanos(), TimeUnit.NANOSECONDS);
            var _ = result.whenComplete((outcome, e) -> {
                deadline.cancel(false);
                flight.abort();
            });
            flight.begin(call);
        } catch (RejectedExecutionException e) {
            result.complete(new HttpOutcome.Broken(new UpstreamFailure.Cancelled("the upstream room is closed")));
        }
        return result;
    }

    /** The threads on which answers are read; other rooms have no business here. */
    public ExecutorService workers() {
        return workers;
    }

    /** The clock of deadlines. */
    public ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    /** Breaks what is in flight; the calls that wait for it end as cancelled or at their deadline. */
    @Override
    public void close() {
        // Its threads end by themselves first: closed under them, they would log the end as an error.
        client.initiateShutdown();
        awaitEnd();
        client.close(CloseMode.IMMEDIATE);
        timer.shutdownNow();
        nameThreads.shutdownNow();
        workers.shutdownNow();
    }

    private void awaitEnd() {
        try {
            client.awaitShutdown(TimeValue.ofMilliseconds(END_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpOutcome timedOut(HttpCall call) {
        long millis = call.timeout().toMillis();
        return new HttpOutcome.Broken(
                new UpstreamFailure.TimedOut(call.url().host() + ": no whole answer within " + millis + " ms"));
    }

    private static ThreadFactory named(String prefix) {
        return Thread.ofPlatform().name(prefix, 0).daemon(true).factory();
    }

    private final class PooledHop implements CallInFlight.Hop {
        @Override
        public CompletableFuture<Names.Answer> find(String host) {
            return names.find(host);
        }

        @Override
        public boolean permits(Url url, Names.Answer answer) {
            return !guard.permitted(url.host(), url.port(), answer.addresses()).isEmpty();
        }

        @Override
        public HttpWitness witness() {
            return witness;
        }

        @Override
        public Future<RawAnswer> send(HttpCall call, BooleanSupplier ended, FutureCallback<RawAnswer> callback) {
            Url url = call.url();
            HttpClientContext context = HttpClientContext.create();
            context.setRequestConfig(ClientSetup.request(settings, call.timeout()));
            HttpHost target = new HttpHost(url.scheme(), url.host(), url.port());
            return client.execute(
                    target,
                    new BasicRequestProducer(request(call), entity(call)),
                    new BoundedConsumer(settings.maxResponseBytes(), ended),
                    null,
                    context,
                    callback);
        }

        private BasicHttpRequest request(HttpCall call) {
            Url url = call.url();
            boolean usual = url.port() == (url.scheme().equals("https") ? 443 : 80);
            URIAuthority authority = new URIAuthority(url.host(), usual ? -1 : url.port());
            String method = call.body().isPresent() ? "POST" : "GET";
            BasicHttpRequest request = new BasicHttpRequest(method, url.scheme(), authority, url.target());
            for (HttpHeaders.Field field :
                    call.headers().overriddenBy(call.originHeaders()).fields()) {
                request.addHeader(field.name(), field.value());
            }
            request.addHeader("Accept-Encoding", "gzip");
            call.cookies().header(url).ifPresent(cookie -> request.addHeader("Cookie", cookie));
            return request;
        }

        private @Nullable AsyncEntityProducer entity(HttpCall call) {
            return call.body()
                    .map(body -> new BasicAsyncEntityProducer(body.bytes(), ContentType.parse(body.contentType())))
                    .orElse(null);
        }
    }
}
