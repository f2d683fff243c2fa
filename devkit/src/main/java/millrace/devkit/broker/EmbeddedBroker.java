package millrace.devkit.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller in this process, on loopback.
 *
 * <p>Runs from the moment it is made until {@link #close}. In between it may be stopped and started again on the same port and data, as
 * a broker that went away and came back. Starting and stopping are for one thread; the addresses are for all.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int START_ATTEMPTS = 5;

    private final BrokerOptions options;
    private final Path dataDirectory;
    private int port;
    private @Nullable KafkaRaftServer server;

    private EmbeddedBroker(BrokerOptions options, Path dataDirectory) {
        this.options = options;
        this.dataDirectory = dataDirectory;
        this.port = options.port();
    }

    /** On a free port with data of its own. */
    public static EmbeddedBroker started() {
        return started(BrokerOptions.DEFAULT);
    }

    /** @throws IllegalStateException if it does not come up; the cause says why, such as a port in use */
    public static EmbeddedBroker started(BrokerOptions options) {
        var broker = new EmbeddedBroker(options, options.dataDirectory().orElseGet(DataDirectory::temporary));
        broker.start();
        return broker;
    }

    /** {@code host:port}, the same over restarts. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Starts after {@link #stop}, on the same port and data. Returns when clients are served. */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("broker already runs on " + bootstrapServers());
        }
        // Only a free port may be lost to another process between choosing and binding it; a given one is as it is.
        int attempts = port == 0 ? START_ATTEMPTS : 1;
        for (int attempt = 1; server == null; attempt++) {
            int chosen = port == 0 ? freePort() : port;
            try {
                server = running(chosen);
                port = chosen;
            } catch (IllegalStateException e) {
                if (attempt == attempts) {
                    throw e;
                }
            }
        }
    }

    private KafkaRaftServer running(int chosen) {
        requireFree(chosen);
        Map<String, String> properties = BrokerProperties.of(options, dataDirectory, chosen, freePort());
        DataDirectory.format(dataDirectory);
        if (DeadBroker.isIn(dataDirectory)) {
            DeadBroker.bury(properties);
        }
        var candidate = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        try {
            candidate.startup();
            return candidate;
        } catch (RuntimeException e) {
            // Whatever kept it from starting, a half-started server must not keep its threads and locks.
            candidate.shutdown();
            candidate.awaitShutdown();
            throw new IllegalStateException("broker does not start on port " + chosen + ": " + e.getMessage(), e);
        }
    }

    /** Clients lose their connections; the data stays. Does nothing when stopped. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    public void createTopics(NewTopic... topics) {
        createTopics(List.of(topics));
    }

    /** Returns when all exist. */
    public void createTopics(Collection<NewTopic> topics) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics cannot be created: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("topics were not created within 30 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    /** Asked before Kafka is: it would find out only after a second, and print its stack. */
    private static void requireFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            LOG.atDebug().addKeyValue("port", socket.getLocalPort()).log("port is free");
        } catch (IOException e) {
            throw new IllegalStateException("broker does not start on port " + port + ": " + e.getMessage(), e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }

    /** Stops for good. A temporary data directory is deleted, a given one is kept. */
    @Override
    public void close() {
        stop();
        if (options.dataDirectory().isEmpty() && Files.exists(dataDirectory)) {
            DataDirectory.delete(dataDirectory);
        }
    }
}
