package millrace.upstream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server on the loopback interface that remembers what it was asked. */
public final class Loopback implements AutoCloseable {
    /** One request as it came. */
    public record Asked(String target, Headers headers, String body) {
        public String header(String name) {
            String value = headers.getFirst(name);
            return value == null ? "" : value;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    public final List<Asked> asked = new CopyOnWriteArrayList<>();

    public Loopback() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** What may be called: this server under its address and any name. */
    public String allowance() {
        return "127.0.0.1:" + port();
    }

    public void on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    public void answers(String path, String body) {
        on(path, exchange -> send(exchange, 200, body.getBytes(StandardCharsets.UTF_8)));
    }

    public void redirects(String path, int status, String location) {
        on(path, exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(status, -1);
        });
    }

    public void answers(String path, int status, Map<String, String> headers, byte[] body) {
        on(path, exchange -> {
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            send(exchange, status, body);
        });
    }

    /** Takes the request and never answers. */
    public void hangs(String path) {
        on(path, exchange -> awaitClosing());
    }

    /** Sends the head and then a byte now and again, for ever. */
    public void drips(String path) {
        on(path, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!closesWithin(20)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        });
    }

    private void awaitClosing() {
        closesWithin(60_000);
    }

    private boolean closesWithin(int millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
