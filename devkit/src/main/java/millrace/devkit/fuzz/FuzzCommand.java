package millrace.devkit.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import millrace.cli.CliCommand;
import millrace.cli.CommandFailure;
import millrace.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads mutated documents and says what came of it; fails when one breaks the reader, hangs it, or memory stays. */
@Command(
        name = "fuzz",
        description = {
            "Read mutated VAST documents, made from the examples and from those of the folders given.",
            "The same seed makes the same documents. Fails if one throws or takes too long, or if memory grows."
        })
public final class FuzzCommand implements CliCommand {
    static final List<String> EXAMPLES = List.of(
            "audio-daast",
            "inline-full",
            "linear-4k",
            "no-ad",
            "old-20",
            "pod",
            "schedule-vmap",
            "verification-in-extension",
            "wrapper-full");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "FOLDER", description = "Folders with more documents to begin from.")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Which documents are made (default: 1).")
    private long seed = 1;

    @Option(names = "--documents", paramLabel = "COUNT", description = "How many (default: 1000000).")
    private long documents = 1_000_000;

    @Option(names = "--longest", paramLabel = "DURATION", description = "Longest time for one (default: PT5S).")
    private Duration longest = Duration.ofSeconds(5);

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<byte[]> seeds = seeds();
        out.printf(Locale.ROOT, "seed %d, %d documents made from %d%n", seed, documents, seeds.size());
        out.flush();
        FuzzRun run = new FuzzRun(new Mutation(seeds, seed), longest);
        FuzzRun.Report report = watched(run);
        print(out, report);
        return report.isFlat() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** On a thread of its own, so that a reader that never comes back is noticed. */
    private FuzzRun.Report watched(FuzzRun run) {
        FutureTask<FuzzRun.Report> task = new FutureTask<>(() -> run.run(documents));
        Thread.ofPlatform().name("fuzz").daemon(true).start(task);
        while (true) {
            try {
                return task.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                run.hung().ifPresent(number -> {
                    throw failure("document " + number + " hangs the reader");
                });
            } catch (ExecutionException e) {
                throw failure(e.getCause() + ", "
                        + Objects.requireNonNull(e.getCause()).getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure("interrupted");
            }
        }
    }

    private CommandFailure failure(String what) {
        return new CommandFailure(ExitCode.FAILED, "seed " + seed + ": " + what);
    }

    private static void print(PrintWriter out, FuzzRun.Report report) {
        report.outcomes().forEach((outcome, count) -> out.printf(Locale.ROOT, "%,12d  %s%n", count, outcome));
        out.printf(Locale.ROOT, "%,12d  findings of the check%n", report.found());
        out.printf(
                Locale.ROOT,
                "slowest: %.1f ms (document %d)%n",
                report.slowestTook().toNanos() / 1e6,
                report.slowest());
        out.printf(
                Locale.ROOT,
                "memory alive: %.1f MiB after a tenth, %.1f MiB at the end: %s%n",
                report.heapBefore() / 1048576.0,
                report.heapAfter() / 1048576.0,
                report.isFlat() ? "flat" : "GROWS");
        out.printf(
                Locale.ROOT,
                "%d documents in %d s, nothing thrown%n",
                report.documents(),
                report.took().toSeconds());
        out.flush();
    }

    private List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(examples());
        folders.forEach(folder -> seeds.addAll(files(folder)));
        return seeds;
    }

    static List<byte[]> examples() {
        return EXAMPLES.stream().map(FuzzCommand::example).toList();
    }

    private static byte[] example(String name) {
        String file = "/examples/vast/" + name + ".xml";
        try (InputStream in = Objects.requireNonNull(FuzzCommand.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }

    private static List<byte[]> files(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            List<byte[]> all = new ArrayList<>();
            for (Path file :
                    found.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length > 0) {
                    all.add(bytes);
                }
            }
            return all;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INVALID, folder + " cannot be read: " + e.getMessage());
        }
    }
}
