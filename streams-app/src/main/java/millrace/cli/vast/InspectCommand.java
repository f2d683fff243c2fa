package millrace.cli.vast;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.cli.CliCommand;
import millrace.cli.ExitCode;
import millrace.upstream.UpstreamSettings;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.xml.DocumentLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Documents in, a line of JSON for each out. What cannot be read has its VAST error code there; why is said on standard error. */
@Command(
        name = "inspect",
        description = {
            "Print what is in documents: one line of JSON each.",
            "A document that cannot be used has its VAST error code in \"error\"; the reason goes to standard error."
        })
final class InspectCommand implements CliCommand {
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOption settings;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|URL",
            description =
                    "A file, - for standard input, or an http(s) URL, which is asked for once; wrappers are not followed.")
    private List<String> sources = new ArrayList<>();

    @Mixin
    private AllowOption allow = new AllowOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    InspectCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.settings = new SettingsOption(environment);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        UpstreamSettings upstream = settings.upstream();
        DocumentLimits limits =
                upstream.vast().document().withBytes(upstream.http().maxResponseBytes());
        boolean isWhole = true;
        try (DocumentSource documents = new DocumentSource(allow.beside(upstream.http()), wait.time(), clock)) {
            for (String source : sources) {
                switch (documents.find(source)) {
                    case DocumentSource.Found.Bytes(byte[] bytes) -> {
                        ParsedVast parsed = DocumentReader.read(bytes, limits);
                        if (parsed instanceof ParsedVast.Malformed(int code, String reason)) {
                            err.println(source + ": " + code + ", " + reason);
                        }
                        out.println(DocumentJson.of(parsed));
                    }
                    case DocumentSource.Found.NotAnswered(int code, String reason) -> {
                        err.println(source + ": " + code + ", " + reason);
                        out.println(DocumentJson.of(new ParsedVast.Malformed(code, reason)));
                    }
                    case DocumentSource.Found.NotThere(String reason) -> {
                        err.println(source + ": " + reason);
                        isWhole = false;
                    }
                }
            }
        }
        out.flush();
        err.flush();
        return isWhole ? ExitCode.OK : ExitCode.FAILED;
    }
}
