package millrace.devkit.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import millrace.devkit.process.JavaProcess;
import millrace.devkit.stack.Ports;

/** The simulated upstreams' process. */
final class UpstreamServer implements AutoCloseable {
    private static final Duration UP_WITHIN = Duration.ofMinutes(3);
    private static final List<String> JVM =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final JavaProcess process;
    private final UpstreamDesk desk;

    UpstreamServer(Path folder, long seed) {
        int port = Ports.anyFree();
        this.process = JavaProcess.start(
                folder.resolve("upstreams.log"),
                JVM,
                "millrace.cli.Millrace",
                List.of(
                        "upstreams",
                        "--port=" + port,
                        "--seed=" + seed,
                        "--define=north?latency=5ms..40ms",
                        "--define=south?latency=lognormal(25ms,0.5)&fillRate=0.9",
                        "--define=chain?latency=5ms..15ms&wrappers=2"));
        this.desk = new UpstreamDesk(port);
    }

    UpstreamDesk desk() {
        return desk;
    }

    void awaitUp() {
        long end = System.nanoTime() + UP_WITHIN.toNanos();
        while (!desk.isUp()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IllegalStateException("the upstreams are not up" + process.shown());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Override
    public void close() {
        try (process) {
            desk.close();
        }
    }
}
