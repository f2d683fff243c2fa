package millrace.devkit.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.Pipeline;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.schemas.AdRequest;
import millrace.upstream.http.NameLookup;
import millrace.wire.RecordClasses;

/** {@code millrace run --config FILE} on a machine whose clock is wrong. */
public final class SkewedPipeline {
    private static final String AHEAD = "millrace.chaos.clock.ahead.millis";

    private SkewedPipeline() {}

    /** @param ahead how wrong its clock is, less than zero for one that is behind */
    static PipelineCommand command(Path config, Duration ahead) {
        List<String> options = Stream.concat(
                        PipelineCommand.SMALL_JVM_OPTIONS.stream(), Stream.of("-D" + AHEAD + "=" + ahead.toMillis()))
                .toList();
        return new PipelineCommand(SkewedPipeline.class.getName(), options, config);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        RecordClasses.trust(AdRequest.class);
        Duration ahead = Duration.ofMillis(Long.getLong(AHEAD, 0));
        InstantSource clock = InstantSource.offset(InstantSource.system(), ahead);
        Config config = config(Path.of(arguments[2]));
        try (Pipeline pipeline = Pipeline.start(config, NameLookup.SYSTEM, clock, SkewedPipeline::tell)) {
            Runtime.getRuntime().addShutdownHook(new Thread(pipeline::close, "stop"));
            pipeline.awaitEnd();
        }
    }

    private static void tell(String progress) {
        System.err.println(progress);
    }

    private static Config config(Path file) {
        return switch (ConfigLoader.load(new ConfigSources(Optional.of(file), Map.of(), List.of()))) {
            case Checked.Valid<Config>(Config config) -> config;
            case Checked.Invalid<Config>(List<Fault> faults) -> throw new IllegalArgumentException(faults.toString());
        };
    }
}
