package millrace.devkit.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import millrace.wire.BasicAuth;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry over HTTP on loopback, for Avro, in memory. Foreign clients take it for Confluent's.
 *
 * <p>Runs from the moment it is made until {@link #close}. {@link #pause} makes it answer 503, {@link #stop} makes it refuse
 * connections; it remembers its schemas through both.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    static {
        // Read when the server's classes are loaded. Without it small answers wait 40 ms for the client's
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryOptions options;
    private final RegistryApi api = new RegistryApi(new Subjects());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder requests = new LongAdder();
    private final Map<String, LongAdder> requestsByPath = new ConcurrentHashMap<>();
    private int port;
    private @Nullable HttpServer server;
    private volatile boolean paused;

    private EmbeddedRegistry(RegistryOptions options) {
        this.options = options;
        this.port = options.port();
    }

    /** On a free port, without credentials. */
    public static EmbeddedRegistry started() {
        return started(RegistryOptions.DEFAULT);
    }

    /** @throws UncheckedIOException if the port is in use */
    public static EmbeddedRegistry started(RegistryOptions options) {
        var registry = new EmbeddedRegistry(options);
        registry.start();
        return registry;
    }

    /** The base URL, the same over restarts. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts after {@link #stop}, on the same port and with the same schemas. */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("registry already runs on " + url());
        }
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
            created.setExecutor(threads);
            created.createContext("/", this::handle);
            created.start();
            port = created.getAddress().getPort();
            server = created;
        } catch (IOException e) {
            throw new UncheckedIOException("registry cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Connections are refused from now on. Does nothing when stopped. */
    public void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Every request is answered with 503 from now on, until {@link #resume}. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    /** All requests so far, answered in whatever way. */
    public long requests() {
        return requests.sum();
    }

    /** The requests so far of one method and path, such as {@code GET /schemas/ids/1}. */
    public long requests(String method, String path) {
        LongAdder count = requestsByPath.get(method + " " + path);
        return count == null ? 0 : count.sum();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            requests.increment();
            requestsByPath
                    .computeIfAbsent(exchange.getRequestMethod() + " " + path, _ -> new LongAdder())
                    .increment();
            try {
                send(exchange, 200, answer(exchange));
            } catch (ApiError e) {
                send(exchange, e.status(), Map.of("error_code", e.code(), "message", String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                // A bug of ours, which the client has to hear about as any registry's.
                LOG.atError().setCause(e).addKeyValue("path", path).log("registry request failed");
                send(exchange, 500, Map.of("error_code", 50001, "message", "Error in the registry: " + e));
            }
        }
    }

    private Object answer(HttpExchange exchange) throws IOException {
        byte[] content = exchange.getRequestBody().readNBytes(options.maxRequestBytes() + 1);
        if (paused) {
            throw ApiError.paused();
        }
        authenticate(exchange);
        if (content.length > options.maxRequestBytes()) {
            throw ApiError.tooLarge(options.maxRequestBytes());
        }
        var text = new String(content, StandardCharsets.UTF_8);
        return api.answer(ApiCall.of(exchange.getRequestMethod(), exchange.getRequestURI(), text));
    }

    private void authenticate(HttpExchange exchange) {
        if (options.auth().isPresent() && !isExpected(options.auth().get(), exchange)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"schema registry\"");
            throw ApiError.unauthorized();
        }
    }

    private static boolean isExpected(BasicAuth auth, HttpExchange exchange) {
        String pair = auth.user() + ":" + auth.password();
        String expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        String actual = exchange.getRequestHeaders().getFirst("Authorization");
        return actual != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] json = ApiCall.JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
