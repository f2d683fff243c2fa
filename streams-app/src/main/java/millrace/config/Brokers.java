package millrace.config;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;

/** The brokers of a configuration, reached. For one thread. */
public final class Brokers implements AutoCloseable {
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Admin admin;
    private final String servers;

    private Brokers(Admin admin, String servers) {
        this.admin = admin;
        this.servers = servers;
    }

    /**
     * Reaches them, again and again for {@code patience}.
     *
     * @param progress takes a line for every attempt that failed
     * @throws BrokersException when the time is over
     */
    public static Brokers reach(Config config, Duration patience, Consumer<String> progress) {
        String servers = String.join(",", config.get(Settings.KAFKA_BOOTSTRAP_SERVERS));
        long end = System.nanoTime() + patience.toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(config, servers);
            } catch (BrokersException e) {
                if (System.nanoTime() + PAUSE.toNanos() - end > 0) {
                    throw e;
                }
                progress.accept(e.getMessage() + "; attempt " + attempt + ", trying again");
                rest(PAUSE);
            }
        }
    }

    private static Brokers attempt(Config config, String servers) {
        Properties properties = ClientSettings.admin(config);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(ATTEMPT.toMillis()));
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(ATTEMPT.toMillis()));
        try {
            Brokers brokers = new Brokers(Admin.create(properties), servers);
            try {
                brokers.answer(brokers.admin.describeCluster().nodes());
                return brokers;
            } catch (BrokersException e) {
                brokers.close();
                throw e;
            }
        } catch (KafkaException e) {
            // A host name that cannot be resolved, or a client setting that is wrong: Kafka says which only in the
            // cause.
            throw new BrokersException("cannot connect to Kafka at " + servers + ": " + innermost(e), e);
        }
    }

    Admin admin() {
        return admin;
    }

    /** Waits for an answer. */
    <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            String reason = e.getCause() instanceof RetriableException ? "no answer" : innermost(e);
            throw new BrokersException("cannot reach Kafka at " + servers + ": " + reason, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokersException("interrupted while waiting for Kafka at " + servers, e);
        }
    }

    static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokersException("interrupted while waiting for Kafka", e);
        }
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
