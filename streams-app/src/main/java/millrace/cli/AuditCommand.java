package millrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import millrace.audit.Audit;
import millrace.config.BrokersException;
import millrace.config.Config;
import millrace.config.Durations;
import millrace.config.Guarantee;
import millrace.config.Settings;
import millrace.config.WireSettings;
import millrace.schemas.BudgetEntry;
import millrace.schemas.Impression;
import millrace.schemas.ServedAd;
import millrace.topics.Topic;
import millrace.topics.Topics;
import millrace.wire.Wire;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Adds up what was spent, from served-ads and impressions, and compares it with the ledger. Reads only. */
@Command(
        name = "audit",
        description = "Recompute what each campaign spent, and compare it with the ledger.",
        footer = {"", "Exit code 1 when something does not add up."})
final class AuditCommand implements CliCommand {
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Surroundings around;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(
            names = "--settle",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "How long the ledger may take to know of the last impressions (default: 10s).")
    private String settle = "10s";

    AuditCommand(Surroundings around) {
        this.around = around;
        this.connection = new ConnectionOptions(around.environment());
    }

    @Override
    public Integer call() {
        Duration patience = patience();
        Config config = connection.config();
        Topics topics = Topics.prefixed(config.get(Settings.TOPICS_PREFIX));
        PrintWriter err = spec.commandLine().getErr();
        Found found;
        try (Progress progress = new Progress(err, around.terminal(), around.clock())) {
            List.<Topic<?>>of(topics.servedAds(), topics.impressions(), topics.budgetLedger())
                    .forEach(topic -> RequestCommand.partitions(config, topic, around.patience(), progress));
            found = audit(config, topics, patience, progress);
        }
        print(found);
        return found.result().addsUp() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** @param unreadable records that were not of their topic's type */
    private record Found(Audit.Result result, long unreadable) {}

    private static Found audit(Config config, Topics topics, Duration patience, Progress progress) {
        Audit audit = new Audit(config.get(Settings.STREAMS_GUARANTEE) == Guarantee.AT_LEAST_ONCE);
        try (Wire wire = Wire.open(WireSettings.registry(config));
                TopicScan<ServedAd> served = new TopicScan<>(config, wire, topics.servedAds(), audit::served);
                TopicScan<Impression> shown = new TopicScan<>(config, wire, topics.impressions(), audit::shown);
                TopicScan<BudgetEntry> ledger = new TopicScan<>(config, wire, topics.budgetLedger(), audit::entry)) {
            Audit.Result result = compare(audit, served, shown, ledger, patience, progress);
            return new Found(result, served.unreadable() + shown.unreadable() + ledger.unreadable());
        }
    }

    private static Audit.Result compare(
            Audit audit,
            TopicScan<ServedAd> served,
            TopicScan<Impression> shown,
            TopicScan<BudgetEntry> ledger,
            Duration patience,
            Progress progress) {
        long end = System.nanoTime() + patience.toNanos();
        read(served, shown, progress);
        audit.begun();
        while (true) {
            ledger.readTo(ledger.ends(), () -> progress.at("reading the ledger"));
            read(served, shown, progress);
            audit.caughtUp();
            Audit.Result result = audit.result();
            if (result.addsUp() || System.nanoTime() - end >= 0) {
                return result;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokersException("interrupted before the ledger had caught up", e);
        }
    }

    /** The end of the impressions is looked up first: so every ad that one of them is of was served before. */
    private static void read(TopicScan<ServedAd> served, TopicScan<Impression> shown, Progress progress) {
        Map<TopicPartition, Long> ends = shown.ends();
        served.readTo(served.ends(), () -> progress.at("reading served ads"));
        shown.readTo(ends, () -> progress.at("reading impressions"));
    }

    private void print(Found found) {
        Audit.Result result = found.result();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(AuditText.json(result));
        } else {
            AuditText.table(result).forEach(out::println);
            out.println(
                    result.addsUp()
                            ? result.accounts().size() + " accounts, all add up"
                            : result.differences().size() + " differences");
        }
        out.flush();
        if (result.takenBack() > 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "millrace audit: " + result.takenBack()
                            + " entries of the ledger were written anew after a crash, as at_least_once allows; the newer ones count");
            err.flush();
        }
        if (found.unreadable() > 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("millrace audit: " + found.unreadable() + " records could not be read and were left out");
            err.flush();
        }
    }

    private Duration patience() {
        try {
            return Durations.parse(settle);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--settle is '" + settle + "'; " + e.getMessage());
        }
    }
}
