package millrace.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import millrace.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The operator's view over HTTP: {@code /health/live}, {@code /health/ready}, {@code /metrics} in Prometheus form, {@code /status} as JSON.
 * Further pages answer questions ({@link Lookup}), such as {@code /caps}. Read only, and no question is logged. Binds to the loopback address
 * unless configured otherwise, and then wants a token for all but health.
 */
public final class Admin implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Optional<Secret> token;
    private final ProcessMeters process = new ProcessMeters();

    private Admin(HttpServer server, Optional<Secret> token) {
        this.server = server;
        this.token = token;
    }

    /**
     * @param port 0 lets the system choose
     * @param live false when the process should be restarted
     * @param ready true when requests are decided
     * @param status a JSON object
     * @param lookups by path
     * @param token what a caller has to bring, for all pages but health; empty lets everybody in
     * @throws IOException when the address cannot be bound
     */
    public static Admin start(
            String host,
            int port,
            PrometheusMeterRegistry meters,
            BooleanSupplier live,
            BooleanSupplier ready,
            Supplier<String> status,
            Map<String, Lookup> lookups,
            Optional<Secret> token)
            throws IOException {
        Admin admin = new Admin(HttpServer.create(new InetSocketAddress(host, port), 16), token);
        admin.process.bindTo(meters);
        admin.open("/health/live", parameters -> health(live.getAsBoolean()));
        admin.open("/health/ready", parameters -> health(ready.getAsBoolean()));
        admin.serve(
                "/metrics", parameters -> new Page(200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape()));
        admin.serve("/status", parameters -> new Page(200, "application/json", status.get()));
        lookups.forEach((path, lookup) -> admin.serve(path, parameters -> page(lookup.look(parameters))));
        admin.server.setExecutor(admin.threads);
        admin.server.start();
        return admin;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        process.close();
    }

    private record Page(int status, String type, String body) {}

    private static Page health(boolean good) {
        return new Page(good ? 200 : 503, "text/plain; charset=utf-8", good ? "ok\n" : "not yet\n");
    }

    private static Page page(Lookup.Answer answer) {
        return new Page(answer.status(), "application/json", answer.json() + "\n");
    }

    /** For everybody: a balancer has no token. */
    private void open(String path, Function<Map<String, String>, Page> page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, path, page);
            }
        });
    }

    private void serve(String path, Function<Map<String, String>, Page> page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (mayLook(exchange)) {
                    answer(exchange, path, page);
                } else {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                    exchange.sendResponseHeaders(401, -1);
                }
            }
        });
    }

    private boolean mayLook(HttpExchange exchange) {
        String given = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
        // In a time that does not tell how much of it is right.
        return token.isEmpty()
                || MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + token.get().reveal()).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, String path, Function<Map<String, String>, Page> page)
            throws IOException {
        boolean known = exchange.getRequestURI().getPath().equals(path);
        boolean reads = exchange.getRequestMethod().equals("GET");
        Page answer = !known
                ? new Page(404, "text/plain; charset=utf-8", "no such page\n")
                : reads
                        ? page.apply(parameters(exchange.getRequestURI().getRawQuery()))
                        : new Page(405, "text/plain; charset=utf-8", "only GET is allowed\n");
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : query == null ? new String[0] : query.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                Optional<String> value = decoded(part.substring(equals + 1));
                value.ifPresent(text -> parameters.putIfAbsent(part.substring(0, equals), text));
            }
        }
        return parameters;
    }

    /** What cannot be decoded is left out. */
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
