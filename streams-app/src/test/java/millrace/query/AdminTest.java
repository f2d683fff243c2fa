package millrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import millrace.config.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminTest {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile boolean live = true;
    private volatile boolean ready = true;
    private Admin admin;

    @BeforeEach
    void start() throws IOException {
        admin = started(0);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private Admin started(int port) throws IOException {
        return started(port, Optional.empty());
    }

    private Admin started(int port, Optional<Secret> token) throws IOException {
        return Admin.start(
                "127.0.0.1",
                port,
                meters,
                () -> live,
                () -> ready,
                () -> "{\"state\":\"RUNNING\"}",
                Map.of(
                        "/look",
                        parameters -> new Lookup.Answer(parameters.size() == 2 ? 200 : 400, parameters.toString())),
                token);
    }

    @Test
    void withATokenOnlyHealthIsForEverybody() throws Exception {
        try (Admin guarded = started(0, Optional.of(new Secret("s3cret")))) {
            assertThat(asked(guarded, "/health/ready", "none")).isEqualTo(200);
            assertThat(asked(guarded, "/metrics", "none")).isEqualTo(401);
            assertThat(asked(guarded, "/look?a=1&b=2", "Bearer wrong")).isEqualTo(401);
            assertThat(asked(guarded, "/metrics", "Bearer s3cret")).isEqualTo(200);
        }
    }

    private static int asked(Admin admin, String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path))
                .header("Authorization", authorization)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void lookupIsGivenItsParametersDecoded() throws Exception {
        assertThat(get("/look?user=a%2Bb%26c&user=d&x=1&empty").body()).contains("user=a+b&c", "x=1");
        assertThat(get("/look").statusCode()).isEqualTo(400);
    }

    @Test
    void healthIsFiveHundredThreeUntilItIsGood() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        ready = false;
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);

        live = false;
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
    }

    @Test
    void metricsAndStatusAreInTheirForms() throws Exception {
        meters.counter("millrace.test", "outcome", "good").increment(3);

        assertThat(get("/metrics").body()).contains("millrace_test_total{outcome=\"good\"} 3.0");
        HttpResponse<String> status = get("/status");
        assertThat(status.body()).isEqualTo("{\"state\":\"RUNNING\"}");
        assertThat(status.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void nothingElseIsThereAndNothingCanBeChanged() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/status/more").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/status"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(send(post).statusCode()).isEqualTo(405);
    }

    @Test
    void portThatIsTakenIsAnErrorAtOnce() {
        assertThatThrownBy(() -> started(admin.port())).isInstanceOf(BindException.class);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + admin.port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
