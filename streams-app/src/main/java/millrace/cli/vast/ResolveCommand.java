package millrace.cli.vast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import millrace.cli.CliCommand;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import millrace.schemas.SlotKind;
import millrace.upstream.UpstreamSettings;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.http.NameLookup;
import millrace.upstream.http.PooledHttpExchange;
import millrace.upstream.replay.Recording;
import millrace.upstream.replay.ReplayExchange;
import millrace.upstream.replay.World;
import millrace.upstream.replay.WorldFile;
import millrace.upstream.vast.VastLimits;
import millrace.upstream.vast.VastOutcome;
import millrace.upstream.vast.VastUpstream;
import millrace.upstream.vast.writer.VastVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A tag in, its ads out as one object of JSON; over the network, or out of a file that keeps what the network said. */
@Command(
        name = "resolve",
        description = {
            "Follow a tag through its wrappers and print what comes out, as JSON: outcome, documentErrorCode, ads, gets, errorPings.",
            "Nothing is fired: neither impressions nor the error calls that are owed. Macros stay in trackers."
        })
final class ResolveCommand implements CliCommand {
    private static final int MOST_SECONDS = 86_400;

    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOption settings;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "The tag; macros in it are filled in.")
    private Optional<String> url = Optional.empty();

    @Option(names = "--world", paramLabel = "FILE", description = "Replay this file instead of asking anybody.")
    private Optional<Path> world = Optional.empty();

    @Option(names = "--record", paramLabel = "FILE", description = "Keep what was asked and answered, for --world.")
    private Optional<Path> record = Optional.empty();

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "Address of the device, for headers and macros.")
    private Optional<String> ip = Optional.empty();

    @Option(names = "--user-agent", paramLabel = "TEXT", description = "User agent of the device.")
    private Optional<String> userAgent = Optional.empty();

    @Option(names = "--mime", paramLabel = "TYPE", description = "A media type that the player takes; any when absent.")
    private List<String> mimes = new ArrayList<>();

    @Option(names = "--max-seconds", paramLabel = "N", description = "Longest ad that fits.")
    private Optional<Integer> maxSeconds = Optional.empty();

    @Option(
            names = "--break",
            paramLabel = "TIME",
            description =
                    "When the slot comes: start, mid, end, or a time such as 00:10:00. Of a schedule (VMAP) that break is used; without it the first one.")
    private Optional<String> when = Optional.empty();

    @Option(names = "--audio", description = "The slot is for audio ads.")
    private boolean audio;

    @Option(names = "--vast", paramLabel = "VERSION", description = "Print the merged document too: 4.0 to 4.3.")
    private Optional<String> version = Optional.empty();

    @Mixin
    private AllowOption allow = new AllowOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    ResolveCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.settings = new SettingsOption(environment);
    }

    @Override
    public Integer call() {
        if (url.isPresent() == world.isPresent()) {
            throw usage("either a URL or --world is needed, and not both");
        }
        if (world.isPresent() && record.isPresent()) {
            throw usage("--record keeps what a URL brings; --world brings nothing new");
        }
        record.filter(file -> Files.isDirectory(file) || !Files.isDirectory(folder(file)))
                .ifPresent(file -> {
                    throw usage("--record is '" + file + "'; allowed is a file in a folder that is there");
                });
        Optional<VastVersion> written = version.map(text -> VastVersion.of(text)
                .orElseThrow(() -> usage("--vast is '" + text + "'; allowed is " + VastVersion.allowed())));
        ObjectNode json = world.isPresent() ? replayed(world.get(), written) : live(url.orElseThrow(), written);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json);
        out.flush();
        return ExitCode.OK;
    }

    private ObjectNode replayed(Path file, Optional<VastVersion> written) {
        World known = read(file);
        UpstreamSettings usual = settings.upstream();
        VastLimits limits = known.maxWrappers().map(usual.vast()::withWrappers).orElse(usual.vast());
        ReplayExchange replay = new ReplayExchange(known, usual.http().maxRedirects());
        try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(1)) {
            VastUpstream upstream =
                    new VastUpstream(replay, Runnable::run, timer, clock, limits, usual.answers(), usual.userAgent());
            VastOutcome outcome = upstream.outcome(
                            ask(known.startUrl(), known.moment()).call())
                    .toCompletableFuture()
                    .join();
            timer.shutdownNow();
            return new OutcomeJson(outcome, replay.asked(), written).node();
        }
    }

    private ObjectNode live(String tag, Optional<VastVersion> written) {
        World.Moment moment = new World.Moment(
                UUID.randomUUID().toString(),
                String.format("%08d", Math.floorMod(clock.millis(), 100_000_000L)),
                clock.instant());
        Recording recording = new Recording();
        UpstreamSettings usual = settings.upstream();
        HttpSettings calls = allow.beside(usual.http());
        try (PooledHttpExchange http = new PooledHttpExchange(calls, NameLookup.SYSTEM, clock, recording)) {
            VastUpstream upstream = new VastUpstream(
                    recording.over(http),
                    http.workers(),
                    http.timer(),
                    clock,
                    usual.vast(),
                    usual.answers(),
                    usual.userAgent());
            VastOutcome outcome = upstream.outcome(ask(tag, moment).call())
                    .toCompletableFuture()
                    .join();
            record.ifPresent(file -> write(new World(tag, Optional.empty(), moment, recording.pages()), file));
            return new OutcomeJson(outcome, recording.asked(), written).node();
        }
    }

    private Question ask(String tag, World.Moment moment) {
        return new Question(
                tag,
                moment,
                wait.time(),
                audio ? SlotKind.AUDIO : SlotKind.VIDEO,
                known(),
                longest(),
                when.map(this::time),
                settings.documents(),
                ip.map(this::address),
                userAgent);
    }

    private List<String> known() {
        mimes.stream().filter(mime -> mime.indexOf('/') < 1).findFirst().ifPresent(mime -> {
            throw usage("--mime is '" + mime + "'; allowed is a media type such as video/mp4");
        });
        return mimes;
    }

    private String address(String text) {
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw usage("--ip is '" + text + "'; allowed is an IPv4 or IPv6 address");
        }
    }

    private SlotTime time(String text) {
        return SlotTime.parse(text)
                .orElseThrow(() -> usage("--break is '" + text + "'; allowed is start, mid, end, or HH:MM:SS"));
    }

    private Optional<Integer> longest() {
        maxSeconds.filter(seconds -> seconds < 1 || seconds > MOST_SECONDS).ifPresent(seconds -> {
            throw usage("--max-seconds is " + seconds + "; allowed is 1 to " + MOST_SECONDS);
        });
        return maxSeconds;
    }

    private static Path folder(Path file) {
        return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    }

    private static World read(Path file) {
        try {
            return WorldFile.read(file);
        } catch (WorldFile.Unreadable e) {
            throw new CommandFailure(ExitCode.INVALID, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + ": " + Unread.why(e));
        }
    }

    private static void write(World world, Path file) {
        try {
            WorldFile.write(world, file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + ": cannot be written: " + e.getMessage());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
