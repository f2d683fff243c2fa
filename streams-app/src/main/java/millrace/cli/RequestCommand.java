package millrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import millrace.config.Brokers;
import millrace.config.Config;
import millrace.config.Durations;
import millrace.config.Settings;
import millrace.config.TopicCheck;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.User;
import millrace.topics.Topic;
import millrace.topics.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a running pipeline for ads and prints its answers. */
@Command(
        name = "request",
        description = "Send ad requests and print their answers, a line for each ad.",
        footer = {"", "Exit code 1 when an answer is missing after the time, or a request was refused."})
final class RequestCommand implements CliCommand {
    private static final int MAX_COUNT = 100_000;

    private final Surroundings around;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--user", required = true, paramLabel = "ID", description = "Who sees the ad; caps count by this.")
    private String user = "";

    @Option(names = "--placement", required = true, paramLabel = "ID", description = "Where the ad is shown.")
    private String placement = "";

    @Option(
            names = "--count",
            defaultValue = "1",
            paramLabel = "N",
            description = "How many requests to send, all at once (default: 1).")
    private int count = 1;

    @Option(names = "--country", paramLabel = "CC", description = "Country of the device, ISO 3166-1 alpha-2.")
    private Optional<String> country = Optional.empty();

    @Option(names = "--test", description = "Mark the requests as tests: decided like any other, never billed.")
    private boolean test;

    @Option(names = "--json", description = "Print each answer as a line of JSON.")
    private boolean json;

    @Option(
            names = "--read",
            defaultValue = "committed",
            paramLabel = "LEVEL",
            description = "committed: answers that stand. uncommitted: sooner, and one may be rolled back after a crash"
                    + " (default: committed).")
    private String read = "committed";

    @Option(
            names = "--timeout",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "How long to wait for all answers, such as 500ms or 10s (default: 10s).")
    private String timeout = "10s";

    private int refused;

    RequestCommand(Surroundings around) {
        this.around = around;
        this.connection = new ConnectionOptions(around.environment());
    }

    @Override
    public Integer call() {
        boolean committedOnly = committedOnly();
        Duration patience = patience();
        if (count < 1 || count > MAX_COUNT) {
            throw usage("--count is " + count + "; allowed is 1 to " + MAX_COUNT);
        }
        Config config = connection.config();
        Topics topics = Topics.prefixed(config.get(Settings.TOPICS_PREFIX));
        PrintWriter err = spec.commandLine().getErr();
        try (Progress progress = new Progress(err, around.terminal(), around.clock())) {
            partitions(config, topics.adRequests(), around.patience(), progress);
            partitions(config, topics.adResponses(), around.patience(), progress);
            try (Asking asking = new Asking(config, committedOnly, around.patience(), progress)) {
                for (int i = 0; i < count; i++) {
                    asking.send(user, request());
                }
                refused = 0;
                missing(asking.await(patience, progress, this::print), patience);
                refused();
            }
        }
        return ExitCode.OK;
    }

    /** How many a topic has; it must be there. */
    static int partitions(Config config, Topic<?> topic, Duration patience, Progress progress) {
        try (Brokers brokers = Brokers.reach(config, patience, progress::at)) {
            OptionalInt partitions = new TopicCheck(config, brokers).partitions(topic);
            return partitions.orElseThrow(() -> new CommandFailure(
                    ExitCode.FAILED,
                    "topic " + topic + " does not exist at "
                            + String.join(",", config.get(Settings.KAFKA_BOOTSTRAP_SERVERS))
                            + "; start a pipeline first: millrace run or millrace dev"));
        }
    }

    AdRequest request() {
        byte[] id = new byte[8];
        around.random().nextBytes(id);
        AdRequest.Builder request = AdRequest.newBuilder()
                .setId(HexFormat.of().formatHex(id))
                .setPlacement(placement)
                .setUser(User.newBuilder().setId(user).build())
                .setEventTime(around.clock().millis())
                .setTest(test);
        country.ifPresent(code -> request.setDevice(Device.newBuilder()
                .setGeo(Geo.newBuilder().setCountry(code).build())
                .build()));
        return request.build();
    }

    private void print(AdResponse response, Duration after) {
        if (response.getError() != null) {
            refused++;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? response.toString() : AnswerText.of(response, after));
        out.flush();
    }

    private void missing(int without, Duration patience) {
        if (without > 0) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "no answer to " + without + " of " + count + " requests within " + Durations.format(patience)
                            + "; is a pipeline running?");
        }
    }

    private void refused() {
        if (refused > 0) {
            throw new CommandFailure(
                    ExitCode.FAILED, refused + " of " + count + " requests were refused; their answers say why");
        }
    }

    private boolean committedOnly() {
        return switch (read) {
            case "committed" -> true;
            case "uncommitted" -> false;
            default -> throw usage("--read is '" + read + "'; allowed is committed or uncommitted");
        };
    }

    private Duration patience() {
        try {
            return Durations.parse(timeout);
        } catch (IllegalArgumentException e) {
            throw usage("--timeout is '" + timeout + "'; " + e.getMessage());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
