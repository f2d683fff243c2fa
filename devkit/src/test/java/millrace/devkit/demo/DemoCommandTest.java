package millrace.devkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import millrace.cli.ExitCode;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final CommandLine command = new CommandLine(new DemoCommand()).setOut(new PrintWriter(out));

    @Test
    void everyDecisionIsALineAndTheSummaryTellsTheStory() {
        int exitCode = command.execute("--requests", "120", "--viewers", "6");

        assertThat(exitCode).as(out.toString()).isEqualTo(ExitCode.OK);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.matches(".* viewer-0[1-6] .* ms"))
                .hasSize(120);
        assertThat(lines)
                .anyMatch(line -> line.startsWith("120 requests of 6 viewers, 120 answers in"))
                .anyMatch(line -> line.matches("caps that refused .*campaign [1-9].*"))
                .anyMatch(line -> line.matches("spring-cars .* EUR .*"));
        assertThat(lines).anyMatch(line -> line.matches(".* filled +spring-cars .* 12.00 EUR .*"));
    }

    @Test
    void numbersOutsideTheirRangeAreRefused() {
        command.setExecutionExceptionHandler((e, line, result) -> {
            out.append(e.getMessage());
            return ExitCode.USAGE;
        });

        assertThat(command.execute("--viewers", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("--viewers is 0; allowed is 1 to 100000");
    }
}
