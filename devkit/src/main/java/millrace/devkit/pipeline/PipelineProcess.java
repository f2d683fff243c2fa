package millrace.devkit.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code millrace run} in a process of its own, on this process's Java and class path. What it prints goes to a file. */
public final class PipelineProcess implements AutoCloseable {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);
    private static final int SHOWN_LINES = 15;

    private final Process process;
    private final Path output;

    private PipelineProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @throws UncheckedIOException if no process can be started */
    public static PipelineProcess start(PipelineCommand command, Path output) {
        try {
            Process process = new ProcessBuilder(command.words())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            // Who is told to end while it measures leaves nothing behind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "pipeline-end"));
            return new PipelineProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("the pipeline's process cannot be started: " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the pipeline takes requests.
     *
     * @param admin base URL of its admin server
     * @throws IllegalStateException if it ends before, or takes longer; the message has the end of what it printed
     */
    public void awaitReady(URI admin, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        var question = HttpRequest.newBuilder(admin.resolve("/health/ready"))
                .timeout(ANSWER_PATIENCE)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            while (!isReady(client, question)) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            "the pipeline ended with code " + process.exitValue() + " before it was ready" + shown());
                }
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException(
                            "the pipeline is not ready after " + atMost.toSeconds() + " s" + shown());
                }
                Thread.sleep(ASK_AGAIN);
            }
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest question) throws InterruptedException {
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not listening yet.
            return false;
        }
    }

    private String shown() {
        try {
            List<String> lines = Files.readAllLines(output);
            List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
            return "; it printed:\n" + String.join("\n", last);
        } catch (IOException e) {
            return "; what it printed cannot be read";
        }
    }

    /** Ends it as a crash would (SIGKILL): nothing is committed, nobody says good-bye. Returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop (SIGTERM), and kills it if it has not after {@code 15 s}. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
