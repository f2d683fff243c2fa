package millrace.e2e;

import static millrace.e2e.Examples.budgetFor;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.config.Settings;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.upstreams.Behaviour;
import millrace.schemas.BasicCredentials;
import millrace.schemas.ClientCredentials;
import millrace.schemas.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that says all it has to say, and nothing of what it must keep to itself. */
@SuppressWarnings("NullAway") // A field that may be absent is null in a record.
class SecretsInNoLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PASSWORD = "pa55w0rd-of-basic";
    private static final String CLIENT_SECRET = "s3cret-of-the-client";
    private static final String TOKEN = "t0ken-that-was-given";
    private static final String KEY = "k3y-in-a-header";
    private static final String DEFAULT = "v4lue-of-a-default-header";
    private static final String ADMIN_TOKEN = "t0ken-of-the-admin-port";

    @TempDir
    private Path folder;

    @Test
    void runAtDebugPrintsNoCredential() throws IOException {
        Path output = Path.of("target", "secrets-test");
        Files.deleteIfExists(output.resolve("pipeline.log"));
        try (World world = World.of(
                        "secrets" + World.number(),
                        settings -> settings.with(Settings.ADMIN_TOKEN, ADMIN_TOKEN)
                                .with(Settings.STATE_DIR, folder.resolve("state")));
                TokenEndpoint tokens = new TokenEndpoint()) {
            put(world, "basic", Optional.of(new BasicCredentials("we", PASSWORD)), Optional.empty());
            put(
                    world,
                    "oauth",
                    Optional.empty(),
                    Optional.of(new ClientCredentials(tokens.url(), "we", CLIENT_SECRET, null)));
            PipelineCommand command = new PipelineCommand(
                    PipelineCommand.MAIN_CLASS,
                    List.of(
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-Djava.net.preferIPv4Stack=true",
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            // Those of a deployment, and not those of the tests.
                            "-Dlogback.configurationFile=logback.xml",
                            "-DMILLRACE_LOG=DEBUG"),
                    output.resolve("pipeline.toml"));
            try (PipelineProcess pipeline =
                    PipelineProcess.start(world.stack.settings(), output, "pipeline", command)) {
                pipeline.awaitReady(PATIENCE);
                assertThat(world.ad(request(World.newUser(), "basic").build()).getUpstream())
                        .isEqualTo("basic");
                assertThat(world.ad(request(World.newUser(), "oauth").build()).getUpstream())
                        .isEqualTo("oauth");
            }

            assertThat(sent(world, "basic")).containsEntry("authorization", "Basic " + basic());
            assertThat(sent(world, "oauth")).containsEntry("authorization", "Bearer " + TOKEN);
            assertThat(sent(world, "oauth")).containsEntry("x-key", KEY).containsEntry("x-default", DEFAULT);
            String printed = Files.readString(output.resolve("pipeline.log"));
            assertThat(printed).as("what is said at DEBUG").contains("DEBUG", "upstream chosen", "oauth");
            assertThat(printed)
                    .doesNotContain(PASSWORD, basic(), CLIENT_SECRET, TOKEN, KEY, DEFAULT, ADMIN_TOKEN)
                    .doesNotContain(signingKey(world));
        }
    }

    private static void put(
            World world, String id, Optional<BasicCredentials> basic, Optional<ClientCredentials> oauth) {
        World.upstreams().define(world.tag(id), Behaviour.ofTenAds(id));
        world.stack.put(Upstream.newBuilder()
                .setId(id)
                .setUrl(World.upstreams().tag(world.tag(id)))
                .setHeaders(Map.of("X-Key", KEY))
                .setDefaultHeaders(Map.of("X-Default", DEFAULT))
                .setBasic(basic.orElse(null))
                .setOauth2(oauth.orElse(null))
                .build());
        world.stack.put(placement(id).build());
        world.stack.put(
                pooledCampaign(id, id, id).setBudgetNanos(budgetFor(100)).build());
    }

    private static Map<String, String> sent(World world, String upstream) {
        return World.upstreams()
                .received()
                .of("/vast/" + world.tag(upstream))
                .getLast()
                .headers();
    }

    private static String basic() {
        return Base64.getEncoder().encodeToString(("we:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    /** As it is written, without its number. */
    private static String signingKey(World world) {
        String written = world.stack.settings().written().get(Settings.DELIVERY_TOKEN_KEYS.name());
        return written.substring(written.indexOf(':') + 1);
    }

    private static final class TokenEndpoint implements AutoCloseable {
        private final HttpServer server;

        TokenEndpoint() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] body = ("{\"access_token\": \"" + TOKEN + "\", \"token_type\": \"Bearer\", \"expires_in\": 3600}")
                    .getBytes(StandardCharsets.UTF_8);
            server.createContext("/token", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
