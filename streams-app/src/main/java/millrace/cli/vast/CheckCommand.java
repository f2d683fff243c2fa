package millrace.cli.vast;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import millrace.cli.CliCommand;
import millrace.cli.ExitCode;
import millrace.upstream.UpstreamSettings;
import millrace.upstream.vast.check.DocumentCheck;
import millrace.upstream.vast.check.Finding;
import millrace.upstream.vast.check.Severity;
import millrace.upstream.vast.xml.DocumentLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private SettingsOption settings;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file, - for standard input, or an http(s) URL.")
    private List<String> sources = new ArrayList<>();

    @Mixin
    private AllowOption allow = new AllowOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    CheckCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.settings = new SettingsOption(environment);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        UpstreamSettings upstream = settings.upstream();
        DocumentLimits limits =
                upstream.vast().document().withBytes(upstream.http().maxResponseBytes());
        int exit = ExitCode.OK;
        try (DocumentSource documents = new DocumentSource(allow.beside(upstream.http()), wait.time(), clock)) {
            for (String source : sources) {
                exit = Math.max(exit, check(source, documents.find(source), limits, out));
            }
        }
        out.flush();
        return exit;
    }

    private int check(String source, DocumentSource.Found found, DocumentLimits limits, PrintWriter out) {
        return switch (found) {
            case DocumentSource.Found.Bytes(byte[] bytes) -> {
                List<Finding> findings = DocumentCheck.of(bytes, limits);
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
