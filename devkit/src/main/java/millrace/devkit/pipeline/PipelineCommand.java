package millrace.devkit.pipeline;

import java.nio.file.Path;
import java.util.List;

/**
 * How a pipeline is started.
 *
 * @param mainClass whose {@code main} takes {@code COMMAND --config FILE}
 * @param command that it is given: run, or another one that stays and has an admin port
 * @param jvmOptions of its virtual machine
 */
public record PipelineCommand(String mainClass, String command, List<String> jvmOptions, Path config) {

    /** The command line of streams-app. */
    public static final String MAIN_CLASS = "millrace.cli.Millrace";

    /** RocksDB is native. The heap leaves room for its caches within a gibibyte. */
    public static final List<String> JVM_OPTIONS =
            List.of("--enable-native-access=ALL-UNNAMED", "-Xms512m", "-Xmx512m", "-Xmn256m", "-XX:+UseSerialGC");

    /** For one that is quick to start, and one of several on a machine. */
    public static final List<String> SMALL_JVM_OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.net.preferIPv4Stack=true",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1");

    public PipelineCommand {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** A pipeline. */
    public PipelineCommand(String mainClass, List<String> jvmOptions, Path config) {
        this(mainClass, "run", jvmOptions, config);
    }

    /** The same, for another command: gateway, notifier. */
    public PipelineCommand running(String other) {
        return new PipelineCommand(mainClass, other, jvmOptions, config);
    }

    public static PipelineCommand of(Path config) {
        return new PipelineCommand(MAIN_CLASS, JVM_OPTIONS, config);
    }

    public static PipelineCommand small(Path config) {
        return new PipelineCommand(MAIN_CLASS, SMALL_JVM_OPTIONS, config);
    }

    List<String> arguments() {
        return List.of(command, "--config", config.toString());
    }
}
