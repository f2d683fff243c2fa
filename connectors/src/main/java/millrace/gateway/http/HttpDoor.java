package millrace.gateway.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.nio.support.BasicServerExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP/1.1 server, over HttpCore's reactor: two threads move bytes, and no request holds one while it waits. Everything a stranger may send has a
 * limit ({@link HttpLimits}).
 */
public final class HttpDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final int IO_THREADS = 2;
    private static final int BACKLOG = 1024;

    private final HttpLimits limits;
    private final Clients clients;
    private final Handler handler;
    private final Connections connections;
    private final HttpAsyncServer server;
    private ListenerEndpoint endpoint;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean last;

    @SuppressWarnings("NullAway.Init") // listen sets the endpoint, or nobody gets this.
    private HttpDoor(HttpLimits limits, Clients clients, Handler handler) {
        this.limits = limits;
        this.clients = clients;
        this.handler = handler;
        this.connections = new Connections(limits.connections());
        this.server = AsyncServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(IO_THREADS)
                        .setSoTimeout(Timeout.of(limits.idle()))
                        .setSoReuseAddress(true)
                        .setTcpNoDelay(true)
                        .setBacklogSize(BACKLOG)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxHeaderCount(HttpLimits.HEADERS)
                        .setMaxLineLength(HttpLimits.LINE)
                        .build())
                .setHttpProcessor(HttpProcessors.customServer("millrace").build())
                .setIOSessionListener(connections)
                .setExceptionCallback(e -> LOG.atDebug().setCause(e).log("a connection broke"))
                // By path alone: whatever name a balancer gives us is ours.
                .setRequestRouter((request, context) -> () -> new BasicServerExchangeHandler<>(new Exchange()))
                .create();
    }

    /** @throws IOException when the address cannot be had */
    public static HttpDoor listen(InetSocketAddress address, HttpLimits limits, Clients clients, Handler handler)
            throws IOException {
        HttpDoor door = new HttpDoor(limits, clients, handler);
        door.server.start();
        try {
            door.endpoint = door.server.listen(address, URIScheme.HTTP).get();
            return door;
        } catch (ExecutionException e) {
            door.close();
            throw e.getCause() instanceof IOException reason ? reason : new IOException(e.getCause());
        } catch (InterruptedException e) {
            door.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before it listened", e);
        }
    }

    public int port() {
        return ((InetSocketAddress) endpoint.getAddress()).getPort();
    }

    /** Connections that are open. */
    public int connections() {
        return connections.open();
    }

    /** Calls that were handed on and are not answered yet. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Takes no further connection, and tells those that are there that each answer is their last. */
    public void stopListening() {
        last = true;
        endpoint.close(CloseMode.GRACEFUL);
    }

    @Override
    public void close() {
        server.close(CloseMode.GRACEFUL);
        server.initiateShutdown();
        try {
            server.awaitShutdown(TimeValue.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close(CloseMode.IMMEDIATE);
    }

    /** One request and its answer. */
    private final class Exchange implements AsyncServerRequestHandler<Incoming.Whole> {

        @Override
        public AsyncRequestConsumer<Incoming.Whole> prepare(
                HttpRequest request, EntityDetails entity, HttpContext context) {
            return new Incoming(limits.bodyBytes());
        }

        @Override
        public void handle(Incoming.Whole whole, ResponseTrigger trigger, HttpContext context) {
            InetAddress connected = connected(context);
            Map<String, String> headers = new HashMap<>();
            for (Header header : whole.request().getHeaders()) {
                Calls.add(headers, header.getName(), header.getValue() == null ? "" : header.getValue());
            }
            String target = Optional.ofNullable(whole.request().getPath()).orElse("/");
            String method = whole.request().getMethod();
            Optional<byte[]> body = whole.tooLong() ? Optional.empty() : plain(whole.body(), headers);
            Call call = Calls.of(method, target, headers, body.orElseGet(() -> new byte[0]), connected, clients);
            if (body.isEmpty()) {
                respond(call, tooLong(), trigger, context);
                return;
            }
            AtomicBoolean answered = new AtomicBoolean();
            inFlight.incrementAndGet();
            handler.handle(call, page -> {
                if (answered.compareAndSet(false, true)) {
                    respond(call, page, trigger, context);
                    inFlight.decrementAndGet();
                }
            });
        }

        private Optional<byte[]> plain(byte[] body, Map<String, String> headers) {
            String encoding = headers.getOrDefault("content-encoding", "identity");
            return switch (encoding) {
                case "identity", "" -> Optional.of(body);
                case "gzip" -> Calls.decompressed(body, limits.bodyBytes());
                default -> Optional.empty();
            };
        }

        private Page tooLong() {
            return Page.text(
                    413,
                    "the body is too long, before or after decompression, or not gzip; allowed are "
                            + limits.bodyBytes() + " bytes");
        }
    }

    private static InetAddress connected(HttpContext context) {
        var details = HttpCoreContext.cast(context).getEndpointDetails();
        return details != null && details.getRemoteAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    private void respond(Call call, Page page, AsyncServerRequestHandler.ResponseTrigger trigger, HttpContext context) {
        BasicHttpResponse response = new BasicHttpResponse(page.status());
        page.headers().forEach(response::setHeader);
        if (last) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        try {
            if (page.type().isEmpty()) {
                trigger.submitResponse(new BasicResponseProducer(response), context);
                return;
            }
            byte[] body = page.body();
            if (Calls.isWorthCompressing(call, page)) {
                body = Calls.compressed(body);
                response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
            trigger.submitResponse(
                    new BasicResponseProducer(
                            response, new BasicAsyncEntityProducer(body, ContentType.parse(page.type()))),
                    context);
        } catch (HttpException | IOException | IllegalStateException e) {
            // Whoever asked has gone.
            LOG.atDebug().setCause(e).log("an answer could not be written");
        }
    }
}
