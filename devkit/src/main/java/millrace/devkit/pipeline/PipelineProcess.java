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
import java.util.concurrent.locks.LockSupport;
import millrace.config.Settings;
import millrace.devkit.process.JavaProcess;
import millrace.devkit.stack.PipelineSettings;
import millrace.devkit.stack.Ports;

/** {@code millrace run}, or another command that has an admin port, in a process of its own, which can die without a word. What it prints goes to a file. */
public final class PipelineProcess implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);

    private final JavaProcess process;
    private final HttpRequest ready;

    private PipelineProcess(JavaProcess process, URI admin) {
        this.process = process;
        this.ready = HttpRequest.newBuilder(admin.resolve("/health/ready"))
                .timeout(ANSWER_PATIENCE)
                .build();
    }

    /**
     * @param admin base URL of its admin server
     * @throws UncheckedIOException if no process can be started
     */
    public static PipelineProcess start(PipelineCommand command, Path output, URI admin) {
        return new PipelineProcess(
                JavaProcess.start(output, command.jvmOptions(), command.mainClass(), command.arguments()), admin);
    }

    /**
     * A small one, on any admin port.
     *
     * @param folder gets the configuration {@code name.toml} and the output {@code name.log}
     * @param settings with a state folder that is there when the process is not
     */
    public static PipelineProcess start(PipelineSettings settings, Path folder, String name) {
        return start(settings, folder, name, PipelineCommand.small(folder.resolve(name + ".toml")));
    }

    /** @param command whose configuration is written here, from the settings */
    public static PipelineProcess start(PipelineSettings settings, Path folder, String name, PipelineCommand command) {
        int port = Ports.anyFree();
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    command.config(), settings.with(Settings.ADMIN_PORT, port).toml());
        } catch (IOException e) {
            throw new UncheckedIOException("the settings of " + name + " cannot be written", e);
        }
        return start(command, folder.resolve(name + ".log"), URI.create("http://127.0.0.1:" + port));
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
     * @throws IllegalStateException if it ends before, or takes longer; the message has the end of what it printed
     */
    public void awaitReady(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client)) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the pipeline ended with code " + process.awaitExit(STOP_PATIENCE)
                            + " before it was ready" + process.shown());
                }
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException(
                            "the pipeline is not ready after " + atMost.toSeconds() + " s" + process.shown());
                }
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
        }
    }

    /** The end of what it printed, to be put behind a message. */
    public String shown() {
        return process.shown();
    }

    /** Whether it says that it decides requests. */
    public boolean isReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return isReady(client);
        }
    }

    private boolean isReady(HttpClient client) {
        try {
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // Not listening yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the pipeline", e);
        }
    }

    /** Ends it as a crash would (SIGKILL): nothing is committed, nobody says good-bye. Returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** Asks it to stop (SIGTERM), without waiting. */
    public void terminate() {
        process.terminate();
    }

    /** Asks it to stop (SIGTERM), waits until it has, and returns its exit code. */
    public int stop() {
        process.terminate();
        return process.awaitExit(STOP_PATIENCE);
    }

    /** It runs no instruction any more (SIGSTOP) until {@link #resume}. */
    public void pause() {
        process.pause();
    }

    /** It goes on as if nothing had been (SIGCONT). */
    public void resume() {
        process.resume();
    }

    /** Kills it if it still is. */
    @Override
    public void close() {
        process.close();
    }
}
