package millrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import millrace.RoomSettings;
import millrace.catalog.CatalogReader;
import millrace.catalog.file.CatalogChanges;
import millrace.catalog.file.CatalogChanges.Change;
import millrace.catalog.file.CatalogFiles;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.rotation.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Files of campaigns, upstreams, placements and rates in; records on their compacted topics out. All or, when anything is wrong, nothing. */
@Command(
        name = "apply",
        description = {
            "Put campaigns, upstreams, placements and currency rates on their topics.",
            "Every fault is listed with file, line and column; nothing is sent if there is any."
        })
final class ApplyCommand implements CliCommand {
    private final Surroundings around;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "YAML, as examples/campaigns.yaml. May be repeated.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check the files and say what would be sent; nothing is contacted.")
    private boolean dryRun;

    ApplyCommand(Surroundings around) {
        this.around = around;
        this.connection = new ConnectionOptions(around.environment());
    }

    @Override
    public Integer call() {
        Config config = connection.config();
        CatalogChanges changes = changes(config);
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            print(out, changes);
            out.println("nothing was sent (--dry-run)");
        } else {
            PrintWriter err = spec.commandLine().getErr();
            try (Progress progress = new Progress(err, around.terminal(), around.clock())) {
                CatalogPublisher.publish(config, changes, around.patience(), progress);
            }
            print(out, changes);
            out.println(
                    changes.size() + " applied at " + String.join(",", config.get(Settings.KAFKA_BOOTSTRAP_SERVERS)));
        }
        out.flush();
        return ExitCode.OK;
    }

    private CatalogChanges changes(Config config) {
        CatalogReader rules = new CatalogReader(
                config.get(Settings.CAPS_MAX_WINDOW),
                config.get(Settings.UPSTREAM_TIMEOUT),
                plugins(config).names());
        CatalogFiles catalog = new CatalogFiles(rules, around.environment());
        files.forEach(file -> read(file, catalog));
        return switch (catalog.changes()) {
            case Checked.Valid<CatalogChanges>(CatalogChanges changes) -> changes;
            case Checked.Invalid<CatalogChanges>(List<Fault> faults) ->
                throw CommandFailure.invalid(faults, "nothing was sent");
        };
    }

    private static Plugins plugins(Config config) {
        return switch (new RoomSettings(config).plugins()) {
            case Checked.Valid<Plugins>(Plugins plugins) -> plugins;
            case Checked.Invalid<Plugins>(List<Fault> faults) ->
                throw CommandFailure.invalid(faults, "nothing was sent");
        };
    }

    private static void read(Path file, CatalogFiles catalog) {
        try {
            catalog.add(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            catalog.addUnreadable(file.toString(), "no such file");
        } catch (CharacterCodingException e) {
            catalog.addUnreadable(file.toString(), "is not UTF-8");
        } catch (IOException e) {
            catalog.addUnreadable(file.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private static void print(PrintWriter out, CatalogChanges changes) {
        changes.placements().forEach(change -> print(out, "placement", change));
        changes.upstreams().forEach(change -> print(out, "upstream", change));
        changes.campaigns().forEach(change -> print(out, "campaign", change));
        changes.rates().forEach(change -> print(out, "rates of", change));
    }

    private static void print(PrintWriter out, String kind, Change<?> change) {
        out.printf("%-10s %-40s %s%n", kind, change.id(), change.record().isPresent() ? "put" : "removed");
    }
}
