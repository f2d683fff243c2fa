package millrace.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import millrace.config.Settings;

/**
 * A pipeline in a process of its own, as {@code millrace run} makes it, so that it can die without a word. What it prints goes to a file.
 */
public final class PipelineProcess implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final List<String> JVM = List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.net.preferIPv4Stack=true",
            "--enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final Path output;
    private final URI ready;

    private PipelineProcess(Process process, Path output, URI ready) {
        this.process = process;
        this.output = output;
        this.ready = ready;
    }

    /**
     * @param folder gets the configuration {@code name.toml} and the output {@code name.log}
     * @param settings with a state folder that is there when the process is not
     */
    public static PipelineProcess start(PipelineSettings settings, Path folder, String name) {
        int port = Ports.anyFree();
        Path output = folder.resolve(name + ".log");
        Path file = folder.resolve(name + ".toml");
        List<String> command = Stream.of(
                        List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        JVM,
                        List.of("-cp", System.getProperty("java.class.path"), "millrace.cli.Millrace"),
                        List.of("run", "--config", file.toString()))
                .flatMap(List::stream)
                .toList();
        try {
            Files.createDirectories(folder);
            Files.writeString(file, settings.with(Settings.ADMIN_PORT, port).toml());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new PipelineProcess(process, output, URI.create("http://127.0.0.1:" + port + "/health/ready"));
        } catch (IOException e) {
            throw new UncheckedIOException("pipeline process " + name + " does not start", e);
        }
    }

    /** @throws IllegalStateException when it ends before, or takes longer; the message holds what it printed */
    public void awaitReady(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("pipeline process "
                            + (process.isAlive()
                                    ? "is not ready after " + patience
                                    : "ended with " + process.exitValue())
                            + ":\n" + output());
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    /** Whether it says that it decides requests. */
    public boolean isReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return isReady(client);
        }
    }

    private boolean isReady(HttpClient client) {
        HttpRequest question =
                HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(1)).build();
        try {
            return client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // It does not listen yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the pipeline process", e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As kill -9 does it: nothing of it runs any more. Returns when it is gone. */
    public void kill() {
        process.toHandle().destroyForcibly();
        exited(STOP_PATIENCE);
    }

    /** As SIGTERM does it. Returns its exit code. */
    public int stop() {
        process.destroy();
        return exited(STOP_PATIENCE);
    }

    /** Waits for its own end and returns its exit code. */
    public int exited(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("pipeline process did not end within " + patience + ":\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of the pipeline process", e);
        }
    }

    /** What it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("output of the pipeline process cannot be read", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            exited(STOP_PATIENCE);
        }
    }
}
