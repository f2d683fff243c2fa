package millrace.devkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A main class in a process of its own, on this process's Java and class path. What it prints is appended to a file. It ends with this
 * process, however this one ends.
 */
public final class JavaProcess implements AutoCloseable {
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);
    private static final int SHOWN_LINES = 15;

    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @throws UncheckedIOException if no process can be started */
    public static JavaProcess start(Path output, List<String> jvmOptions, String mainClass, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), EndsWithParent.class.getName(), mainClass));
        words.addAll(arguments);
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            return new JavaProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("no process of " + mainClass + " can be started: " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a crash would (SIGKILL): nothing is committed, nobody says good-bye. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(GONE_WITHIN);
    }

    /** Asks it to stop (SIGTERM), without waiting. */
    public void terminate() {
        // Process.destroy would close its input too, by which it sees that its parent is gone.
        process.toHandle().destroy();
    }

    /** It runs no instruction any more (SIGSTOP) until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    /** It goes on as if nothing had been (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("process " + pid() + " cannot be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("there is no kill command: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + name, e);
        }
    }

    /**
     * Waits for its end and returns its exit code.
     *
     * @throws IllegalStateException if it has not ended by then; the message has the end of what it printed
     */
    public int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "process " + pid() + " has not ended within " + atMost.toSeconds() + " s" + shown());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of process " + pid(), e);
        }
    }

    /** The end of what it printed, to be put behind a message. */
    public String shown() {
        try {
            List<String> lines = Files.readAllLines(output);
            List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
            return "; it printed:\n" + String.join("\n", last);
        } catch (IOException e) {
            return "; what it printed cannot be read";
        }
    }

    /** Kills it if it still is; one that is paused too. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
