package millrace.cli.vast;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import millrace.cli.CliCommand;
import millrace.cli.ExitCode;
import millrace.upstream.vast.check.DocumentCheck;
import millrace.upstream.vast.check.Finding;
import millrace.upstream.vast.check.Severity;
import millrace.upstream.vast.xml.DocumentLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Files in, a line for each thing to stumble on out. */
@Command(
        name = "check",
        description = {
            "List what a player or this resolver would stumble on: file:line:column: severity: element: message.",
            "error: something is lost; warning: the specification is broken; note: worth knowing.",
            "Exits with 4 if there is an error."
        })
final class CheckCommand implements CliCommand {
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, - for standard input, or an http(s) URL.")
    private List<String> sources = new ArrayList<>();

    CheckCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int exit = ExitCode.OK;
        try (DocumentSource documents = new DocumentSource(List.of(), Duration.ofSeconds(10), clock)) {
            for (String source : sources) {
                exit = Math.max(exit, check(source, documents.find(source), out));
            }
        }
        out.flush();
        return exit;
    }

    private int check(String source, DocumentSource.Found found, PrintWriter out) {
        return switch (found) {
            case DocumentSource.Found.Bytes(byte[] bytes) -> {
                List<Finding> findings = DocumentCheck.of(bytes, DocumentLimits.defaults());
                findings.forEach(finding -> print(source, finding, out));
                boolean isLost = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
                yield isLost ? ExitCode.INVALID : ExitCode.OK;
            }
            case DocumentSource.Found.NotAnswered(int code, String reason) -> {
                print(source, new Finding(0, 0, Severity.ERROR, "", code + ", " + reason), out);
                yield ExitCode.INVALID;
            }
            case DocumentSource.Found.NotThere(String reason) -> {
                spec.commandLine().getErr().println(source + ": " + reason);
                spec.commandLine().getErr().flush();
                yield ExitCode.FAILED;
            }
        };
    }

    private static void print(String source, Finding finding, PrintWriter out) {
        String place = finding.line() == 0 ? "" : ":" + finding.line() + ":" + finding.column();
        String where = finding.where().isEmpty() ? "" : finding.where() + ": ";
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        out.println(source + place + ": " + severity + ": " + where + finding.message());
    }
}
