package millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.query.Admin;
import millrace.query.Lookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CapsCommandTest {
    private static final String TWO_LEFT = """
            {"partition":3,"rules":[
              {"on":"campaign","id":"cars","scope":"campaign","limit":3,"per":"1h","remaining":2},
              {"on":"campaign","id":"cars","scope":"creative","limit":5,"per":"session","needs":"creative"}]}
            """;

    private final List<Admin> instances = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        instances.forEach(Admin::close);
    }

    @Test
    void eachRuleIsALine() throws IOException {
        int code = run(instance(new Lookup.Answer(200, TWO_LEFT)), "--user", "a user", "--campaign", "cars");

        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "campaign cars: campaign per 1h: 2 of 3 left",
                        "campaign cars: creative per session: at most 5; say which with --creative");
    }

    @Test
    void instanceThatOwnsTheUserIsAskedWhenAnotherSaysSo() throws IOException {
        String owner = instance(new Lookup.Answer(200, TWO_LEFT));
        String other = instance(new Lookup.Answer(421, "{\"error\":\"no\",\"owner\":\"" + owner + "\"}"));

        assertThat(run(other, "--user", "u1")).isZero();
        assertThat(out.toString()).contains("2 of 3 left");
    }

    @Test
    void refusalIsALineWithItsExitCode() throws IOException {
        assertThat(run(instance(new Lookup.Answer(404, "{\"error\":\"no such campaign\"}")), "--user", "u1"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).contains("no such campaign").doesNotContain("u1");
    }

    @Test
    void silenceIsALine() {
        assertThat(run("127.0.0.1:1", "--user", "u1")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no admin port answers at 127.0.0.1:1");
    }

    private String instance(Lookup.Answer answer) throws IOException {
        Admin admin = Admin.start(
                "127.0.0.1",
                0,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                () -> true,
                () -> true,
                () -> "{}",
                Map.of("/caps", parameters -> answer),
                Optional.empty());
        instances.add(admin);
        return "127.0.0.1:" + admin.port();
    }

    private int run(String admin, String... words) {
        List<String> all = new ArrayList<>(List.of("caps", "--admin", admin));
        all.addAll(List.of(words));
        CommandLine line = Millrace.commandLine(new BuiltPipeline(), Surroundings.ofProcess());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(all.toArray(String[]::new));
    }
}
