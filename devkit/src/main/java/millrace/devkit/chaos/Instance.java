package millrace.devkit.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.stack.PipelineSettings;

/** One place where a pipeline runs: its settings and state stay, its process comes and goes. For one thread. */
final class Instance implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    private final String name;
    private final Path folder;
    private final PipelineSettings settings;
    private final PipelineCommand command;
    private Optional<PipelineProcess> process = Optional.empty();

    /** @param clockAhead how wrong its clock is; zero for a right one, less for one that is behind */
    Instance(String name, Path folder, PipelineSettings settings, Duration clockAhead) {
        this.name = name;
        this.folder = folder;
        this.settings = settings.with(Settings.STATE_DIR, folder.resolve(name + "-state"))
                // Tells the consumer group's members from each other.
                .with("kafka.streams.client.id", name);
        Path config = folder.resolve(name + ".toml");
        this.command = clockAhead.isZero() ? PipelineCommand.small(config) : SkewedPipeline.command(config, clockAhead);
    }

    String name() {
        return name;
    }

    Config config() {
        return settings.config();
    }

    boolean isUp() {
        return process.isPresent();
    }

    /** Whether its process still runs, when nobody ended it. */
    boolean isAlive() {
        return running().isAlive();
    }

    /** Starts the process, without waiting for it. */
    void start() {
        process = Optional.of(PipelineProcess.start(settings, folder, name, command));
    }

    /** @throws IllegalStateException if it ends before it decides, or takes longer than five minutes */
    void awaitReady() {
        running().awaitReady(READY_WITHIN);
    }

    void kill() {
        running().kill();
        process = Optional.empty();
    }

    /** Asks it to stop, without waiting. */
    void askToStop() {
        running().terminate();
    }

    /** Asks it to stop and waits until it has. */
    void stop() {
        running().stop();
        process = Optional.empty();
    }

    void pause() {
        running().pause();
    }

    void resume() {
        running().resume();
    }

    private PipelineProcess running() {
        return process.orElseThrow(() -> new IllegalStateException(name + " does not run"));
    }

    Path log() {
        return folder.resolve(name + ".log");
    }

    @Override
    public void close() {
        process.ifPresent(PipelineProcess::close);
    }
}
