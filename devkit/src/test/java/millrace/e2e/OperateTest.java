package millrace.e2e;

import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.World.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.Pipeline;
import millrace.config.Settings;
import millrace.gateway.Gateway;
import millrace.notifier.Notifier;
import millrace.schemas.PlacementAuction;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamProtocol;
import org.junit.jupiter.api.Test;

/** What operators look at is there: dashboards and alerts ask for figures that processes have. */
class OperateTest {
    private static final Path OPERATE = Path.of("../operate");
    private static final Pattern FIGURE = Pattern.compile("\\b(?:millrace|jvm|process|kafka)_[a-z_]+");
    private static final String TOKEN = "a-token-of-operators";

    private static Set<String> figures(String text) {
        Set<String> figures = new TreeSet<>();
        Matcher found = FIGURE.matcher(text);
        while (found.find()) {
            figures.add(found.group());
        }
        return figures;
    }

    private static Set<String> asked() throws IOException {
        Set<String> asked = new TreeSet<>();
        JsonNode dashboard = new JsonMapper()
                .readTree(OPERATE.resolve("grafana/millrace.json").toFile());
        dashboard.findValuesAsText("expr").forEach(query -> asked.addAll(figures(query)));
        Files.readAllLines(OPERATE.resolve("prometheus/alerts.yml")).stream()
                .filter(line -> line.strip().startsWith("expr:"))
                .forEach(line -> asked.addAll(figures(line)));
        return asked;
    }

    private static String scraped(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static int get(int port, String target) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void everyFigureOfDashboardsAndAlertsIsOnSomeProcess() throws IOException, InterruptedException {
        try (World world = World.of(
                "operate",
                settings -> settings.with(Settings.ADMIN_TOKEN, TOKEN)
                        .with(Settings.GATEWAY_PORT, 0)
                        .with(Settings.GATEWAY_ADMIN_PORT, 0)
                        .with(Settings.NOTIFIER_ADMIN_PORT, 0))) {
            world.stack.put(placement("good").build());
            world.stack.put(ownCampaign("good", "good").build());
            world.stack.put(Upstream.newBuilder()
                    .setId("deaf")
                    .setProtocol(UpstreamProtocol.OPENRTB)
                    .setUrl("http://127.0.0.1:1/bid")
                    .build());
            world.stack.put(placement("auction")
                    .setAuction(PlacementAuction.newBuilder()
                            .setBidders(List.of("deaf"))
                            .build())
                    .build());
            // A topic of the pipeline's that has something for the notifier to refuse.
            world.producer().bytes(world.stack.topics().notices().name(), 0, "x", new byte[] {1});
            Pipeline pipeline = world.stack.run();
            try (Gateway gateway = Gateway.start(world.stack.config(), line -> {});
                    Notifier notifier = Notifier.start(world.stack.config(), line -> {})) {
                assertThat(gateway.awaitReady(PATIENCE)).isTrue();
                assertThat(get(gateway.port(), "/vast?placement=good&user=u&deadline=20000"))
                        .isEqualTo(200);
                assertThat(get(gateway.port(), "/vast?placement=auction&user=u&deadline=20000"))
                        .isEqualTo(200);
                assertThat(get(gateway.port(), "/e/no-token")).isEqualTo(400);
                assertThat(get(gateway.adminPort(), "/metrics")).isEqualTo(401);
                assertThat(get(gateway.adminPort(), "/health/ready")).isEqualTo(200);

                await().atMost(PATIENCE).untilAsserted(() -> {
                    Set<String> there = figures(scraped(pipeline.adminPort())
                            + scraped(gateway.adminPort())
                            + scraped(notifier.adminPort()));
                    assertThat(there).containsAll(asked());
                });
            }
        }
    }
}
