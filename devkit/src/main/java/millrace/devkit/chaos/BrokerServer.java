package millrace.devkit.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import millrace.devkit.broker.BrokerMain;
import millrace.devkit.process.JavaProcess;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The broker's process, and its data, which stay when it is killed. For one thread. */
final class BrokerServer implements AutoCloseable {
    private static final Duration UP_WITHIN = Duration.ofMinutes(3);
    private static final List<String> JVM =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final Path folder;
    private final int port;
    private JavaProcess process;

    BrokerServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.process = started();
    }

    private JavaProcess started() {
        return JavaProcess.start(
                folder.resolve("broker.log"),
                JVM,
                BrokerMain.class.getName(),
                List.of(Integer.toString(port), folder.resolve("broker-data").toString()));
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void kill() {
        process.kill();
    }

    void start() {
        process = started();
    }

    /** Returns when clients are served. */
    void awaitUp() {
        long end = System.nanoTime() + UP_WITHIN.toNanos();
        while (!isUp()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IllegalStateException("the broker is not up" + process.shown());
            }
        }
    }

    private boolean isUp() {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                100);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false; // Not yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
