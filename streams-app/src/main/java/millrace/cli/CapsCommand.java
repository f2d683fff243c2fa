package millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.config.Config;
import millrace.config.Secret;
import millrace.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running pipeline what caps leave of a user; an instance that does not own the user says who does, and is followed once. */
@Command(
        name = "caps",
        description = {
            "Show how many more ads each cap allows a user.",
            "Asks the admin port of a running pipeline; any instance will do, where they reach each other's.%n"
        })
final class CapsCommand implements CliCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ObjectMapper json = new ObjectMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--user", required = true, paramLabel = "KEY", description = "User id, else device or session id.")
    private String user = "";

    @Option(names = "--campaign", paramLabel = "ID", description = "Only the rules of this campaign.")
    private Optional<String> campaign = Optional.empty();

    @Option(names = "--placement", paramLabel = "ID", description = "The rules of this placement, and ads shown there.")
    private Optional<String> placement = Optional.empty();

    @Option(names = "--creative", paramLabel = "ID", description = "For rules that count a creative.")
    private Optional<String> creative = Optional.empty();

    @Option(
            names = "--advertiser",
            paramLabel = "NAME",
            description = "For rules of a placement that count an advertiser.")
    private Optional<String> advertiser = Optional.empty();

    @Option(names = "--upstream", paramLabel = "ID", description = "For rules that count an upstream.")
    private Optional<String> upstream = Optional.empty();

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "Admin port (default: admin.host and admin.port).")
    private Optional<String> admin = Optional.empty();

    CapsCommand(Surroundings around) {
        this.connection = new ConnectionOptions(around.environment());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = connection.config();
        String first = admin.orElseGet(() -> config.get(Settings.ADMIN_HOST) + ":" + config.get(Settings.ADMIN_PORT));
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            Optional<Secret> token = config.get(Settings.ADMIN_TOKEN);
            HttpResponse<String> response = ask(client, first, token);
            if (response.statusCode() == 421) {
                response = ask(client, parsed(response).path("owner").asText(), token);
            }
            JsonNode answer = parsed(response);
            if (response.statusCode() != 200) {
                int code = response.statusCode() < 500 ? ExitCode.INVALID : ExitCode.FAILED;
                throw new CommandFailure(
                        code, answer.path("error").asText("the admin port answered " + response.statusCode()));
            }
            print(answer);
            return ExitCode.OK;
        }
    }

    private HttpResponse<String> ask(HttpClient client, String instance, Optional<Secret> token)
            throws InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", user);
        campaign.ifPresent(id -> parameters.put("campaign", id));
        placement.ifPresent(id -> parameters.put("placement", id));
        creative.ifPresent(id -> parameters.put("creative", id));
        advertiser.ifPresent(id -> parameters.put("advertiser", id));
        upstream.ifPresent(id -> parameters.put("upstream", id));
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            URI page = URI.create("http://" + instance + "/caps?" + query);
            HttpRequest.Builder request = HttpRequest.newBuilder(page).timeout(PATIENCE);
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | IllegalArgumentException unreachable) {
            throw new CommandFailure(ExitCode.FAILED, "no admin port answers at " + instance);
        }
    }

    private JsonNode parsed(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (JsonProcessingException other) {
            throw new CommandFailure(ExitCode.FAILED, "what answers there is no admin port of Millrace");
        }
    }

    private void print(JsonNode answer) {
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode rule : answer.path("rules")) {
            String left = rule.has("remaining")
                    ? rule.path("remaining").asText() + " of "
                            + rule.path("limit").asText() + " left"
                    : "at most " + rule.path("limit").asText() + "; say which with --"
                            + rule.path("needs").asText();
            out.println(rule.path("on").asText() + " " + rule.path("id").asText() + ": "
                    + rule.path("scope").asText() + " per " + rule.path("per").asText() + ": " + left);
        }
        out.flush();
    }
}
