package millrace.devkit.bench;

import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import millrace.config.Setting;
import millrace.config.Settings;
import millrace.config.SigningKey;

/** The pipeline's configuration file for a bench; what is not in it stands at its default, as a user would begin. */
final class BenchConfig {

    private final Map<Setting<?>, String> values = new LinkedHashMap<>();
    private final Map<String, String> others;

    /**
     * @param directory for the pipeline's state
     * @param random makes the key of tokens, which nobody will ever check
     */
    BenchConfig(
            BenchPlan plan,
            String bootstrapServers,
            String registryUrl,
            int adminPort,
            Path directory,
            RandomGenerator random) {
        others = plan.settings();
        values.put(Settings.APPLICATION_ID, text("millrace-bench"));
        values.put(Settings.KAFKA_BOOTSTRAP_SERVERS, list(bootstrapServers));
        values.put(Settings.REGISTRY_URLS, list(registryUrl));
        values.put(Settings.STATE_DIR, text(directory.resolve("state").toString()));
        values.put(Settings.TOPICS_PARTITIONS, Integer.toString(plan.partitions()));
        values.put(Settings.STREAMS_THREADS, Integer.toString(plan.threads()));
        values.put(Settings.DECISION_CALLS, text(plan.calls().name().toLowerCase(Locale.ROOT)));
        values.put(Settings.UPSTREAM_ALLOW, list("127.0.0.1"));
        values.put(Settings.DELIVERY_TOKEN_KEYS, list("1:" + key(random)));
        values.put(Settings.ADMIN_PORT, Integer.toString(adminPort));
    }

    /** With what a gateway needs beside it. */
    BenchConfig gateway(BenchPlan plan, int port, int adminPort) {
        values.put(Settings.GATEWAY_PORT, Integer.toString(port));
        values.put(Settings.GATEWAY_ADMIN_PORT, Integer.toString(adminPort));
        values.put(Settings.GATEWAY_ANSWERS_READ, text(plan.reader().name().toLowerCase(Locale.ROOT)));
        return this;
    }

    String toml() {
        return values.entrySet().stream()
                        .map(entry -> entry.getKey().name() + " = " + entry.getValue() + "\n")
                        .collect(Collectors.joining())
                + others.entrySet().stream()
                        .map(entry -> text(entry.getKey()) + " = " + text(entry.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String list(String value) {
        return "[" + text(value) + "]";
    }

    private static String key(RandomGenerator random) {
        byte[] bytes = new byte[SigningKey.MIN_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
