package millrace.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Config;
import millrace.config.ConfigDocs;
import millrace.config.ConfigLoader;
import millrace.config.ConfigRules;
import millrace.config.ConfigSources;
import millrace.config.ConfigTemplate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything about settings. */
@Command(name = "config", description = "Print or check the configuration.")
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ConfigCommand() {}

    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new Template())
                .addSubcommand(new Check(around))
                .addSubcommand(new Docs());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of template, check and docs is missing");
    }

    @Command(
            name = "template",
            description = "Print a millrace.toml with every setting, its doc, unit, default and range.")
    static final class Template implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            return printed(spec, ConfigTemplate.text());
        }
    }

    @Command(name = "docs", description = "Print docs/configuration.md.")
    static final class Docs implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            return printed(spec, ConfigDocs.text());
        }
    }

    @Command(name = "check", description = "Check a file as `run` would take it, with MILLRACE_* of the environment.")
    static final class Check implements Callable<Integer> {
        private final Surroundings around;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "The millrace.toml.")
        private Path file = Path.of("");

        @Option(names = "--set", paramLabel = "NAME=VALUE", description = "One setting over file and environment.")
        private List<String> sets = new ArrayList<>();

        Check(Surroundings around) {
            this.around = around;
        }

        @Override
        public Integer call() {
            List<Fault> faults =
                    switch (ConfigLoader.load(new ConfigSources(Optional.of(file), around.environment(), sets))) {
                        case Checked.Valid<Config>(Config config) -> ConfigRules.missingForRun(config);
                        case Checked.Invalid<Config>(List<Fault> found) -> found;
                    };
            if (!faults.isEmpty()) {
                throw CommandFailure.invalid(faults, "`run` would not start with this");
            }
            return printed(spec, file + " is right\n");
        }
    }

    private static int printed(CommandSpec spec, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return ExitCode.OK;
    }
}
