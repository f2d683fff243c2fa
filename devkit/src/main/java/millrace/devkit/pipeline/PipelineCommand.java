package millrace.devkit.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pipeline is started.
 *
 * @param mainClass whose {@code main} takes {@code run --config FILE}
 * @param jvmOptions of its virtual machine
 */
public record PipelineCommand(String mainClass, List<String> jvmOptions, Path config) {

    /** The command line of streams-app. */
    public static final String MAIN_CLASS = "millrace.cli.Millrace";

    /** RocksDB is native. The heap leaves room for its caches within a gibibyte. */
    public static final List<String> JVM_OPTIONS =
            List.of("--enable-native-access=ALL-UNNAMED", "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

    public PipelineCommand {
        jvmOptions = List.copyOf(jvmOptions);
    }

    public static PipelineCommand of(Path config) {
        return new PipelineCommand(MAIN_CLASS, JVM_OPTIONS, config);
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        words.addAll(List.of("run", "--config", config.toString()));
        return words;
    }
}
