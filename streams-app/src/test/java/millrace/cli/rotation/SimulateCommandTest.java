package millrace.cli.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
    private static final Path EXAMPLE = Path.of("../examples/rotation.yaml");

    private final StringWriter out = new StringWriter();
    private String failure = "";

    @TempDir
    Path folder;

    @Test
    void theSameSeedGivesTheSameAndAnotherAnother() {
        assertThat(run(EXAMPLE, 5_000, 1)).isEqualTo(ExitCode.OK);
        String first = out.toString();
        run(EXAMPLE, 5_000, 1);
        assertThat(out.toString()).isEqualTo(first);
        run(EXAMPLE, 5_000, 2);
        assertThat(out.toString()).isNotEqualTo(first);
    }

    @Test
    void selectorsOfTheFileShareAsTheyPromise() throws IOException {
        String fastest = Files.readString(EXAMPLE);
        run(EXAMPLE, 9_000, 1);
        assertThat(requests("alpha")).isGreaterThan(requests("gamma") * 2);
        assertThat(requests("alpha") + requests("beta") + requests("gamma")).isEqualTo(9_000);

        run(write(fastest.replace("selector: fastest", "selector: round-robin")), 9_000, 1);

        assertThat(requests("alpha")).isEqualTo(3_000);
        assertThat(requests("gamma")).isEqualTo(3_000);
        assertThat(out.toString()).containsPattern("\"upstream\":\"beta\".*?\"failures\":1[0-9][0-9]}");
    }

    @Test
    void textIsATableForPeople() {
        assertThat(line().execute("--pool", EXAMPLE.toString(), "--requests", "100", "--seed", "1"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("upstream", "alpha", "beta", "gamma", "nobody to ask: 0");
    }

    @Test
    void everythingThatIsWrongWithTheFileIsSaidAtOnce() throws IOException {
        String text = Files.readString(EXAMPLE)
                .replace("latency: 40ms", "latency: fast")
                .replace("failures: 5", "failures: 101")
                .replace("gamma: {latency: 160ms}", "delta: {}");

        run(write(text), 10, 1);

        assertThat(failure)
                .contains(
                        "world.alpha.latency: is 'fast'",
                        "world.beta.failures: is 101; allowed is 0 to 100",
                        "world.delta.latency: is missing",
                        "world: does not say what gamma is like");
        run(write("upstreams: []"), 10, 1);
        assertThat(failure).contains("has no line ---");
        run(Path.of("gone.yaml"), 10, 1);
        assertThat(failure).contains("no such file");
        assertThat(run(EXAMPLE, 0, 1)).isEqualTo(ExitCode.USAGE);
    }

    private int requests(String upstream) {
        Matcher found = Pattern.compile("\"upstream\":\"" + upstream + "\",\"requests\":([0-9]+)")
                .matcher(out.toString());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("pool.yaml"), text);
    }

    private int run(Path file, int requests, long seed) {
        out.getBuffer().setLength(0);
        return line().execute("--pool", file.toString(), "--requests", "" + requests, "--seed", "" + seed, "--json");
    }

    private CommandLine line() {
        return new CommandLine(new SimulateCommand(Map.of()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .setExecutionExceptionHandler((exception, _, _) -> {
                    failure = exception instanceof CommandFailure ? faults(exception) : exception.toString();
                    return ExitCode.INVALID;
                });
    }

    private static String faults(Exception exception) {
        return exception.toString();
    }
}
