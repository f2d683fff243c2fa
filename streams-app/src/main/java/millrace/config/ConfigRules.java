package millrace.config;

import static millrace.config.Settings.ADMIN_HOST;
import static millrace.config.Settings.ADMIN_TOKEN;
import static millrace.config.Settings.CAPS_MAX_WINDOW;
import static millrace.config.Settings.CAPS_SLOT;
import static millrace.config.Settings.DECISION_DEADLINE;
import static millrace.config.Settings.DECISION_MARGIN;
import static millrace.config.Settings.DELIVERY_TOKEN_KEYS;
import static millrace.config.Settings.GATEWAY_DEADLINE_MAX;
import static millrace.config.Settings.GATEWAY_IDLE;
import static millrace.config.Settings.KAFKA_STREAMS;
import static millrace.config.Settings.REGISTRY_LOOKUP_TIMEOUT;
import static millrace.config.Settings.REGISTRY_PASSWORD;
import static millrace.config.Settings.REGISTRY_USER;
import static millrace.config.Settings.STREAMS_COMMIT_INTERVAL;
import static millrace.config.Settings.STREAMS_TRANSACTION_TIMEOUT;
import static millrace.config.Settings.TOPICS_REPLICATION;
import static millrace.config.Settings.UPSTREAM_CONNECTIONS_MAX;
import static millrace.config.Settings.UPSTREAM_CONNECTIONS_PER_ROUTE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import millrace.check.Fault;

/** What must hold between settings that are each within their range. */
public final class ConfigRules {
    /** By its spelling: no name is asked for. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1\\]|(0:){7}1");

    private final Config config;
    private final List<Fault> faults = new ArrayList<>();

    private ConfigRules(Config config) {
        this.config = config;
    }

    static List<Fault> faults(Config config) {
        ConfigRules rules = new ConfigRules(config);
        rules.below(REGISTRY_LOOKUP_TIMEOUT, STREAMS_TRANSACTION_TIMEOUT);
        rules.below(STREAMS_COMMIT_INTERVAL, STREAMS_TRANSACTION_TIMEOUT);
        rules.below(DECISION_MARGIN, DECISION_DEADLINE);
        rules.below(CAPS_SLOT, CAPS_MAX_WINDOW);
        rules.below(GATEWAY_DEADLINE_MAX, GATEWAY_IDLE);
        rules.routeWithinAll();
        rules.wholeCredentials();
        rules.replication();
        rules.adminIsGuarded();
        rules.streamsLeavesTheFixedAlone();
        return List.copyOf(rules.faults);
    }

    /** What the pipeline needs and the other commands do not. */
    public static List<Fault> missingForRun(Config config) {
        return config.get(DELIVERY_TOKEN_KEYS).isEmpty()
                ? List.of(new Fault(
                        DELIVERY_TOKEN_KEYS.name(),
                        "no key; give one as id:base64, for example MILLRACE_DELIVERY_TOKEN_KEYS="
                                + "\"1:$(head -c 32 /dev/urandom | base64)\""))
                : List.of();
    }

    private void below(Setting<Duration> lower, Setting<Duration> upper) {
        Duration low = config.get(lower);
        Duration high = config.get(upper);
        if (low.compareTo(high) >= 0) {
            fault(
                    lower,
                    "is " + Durations.format(low) + "; it must be below " + upper + ", which is "
                            + Durations.format(high));
        }
    }

    private void routeWithinAll() {
        int route = config.get(UPSTREAM_CONNECTIONS_PER_ROUTE);
        int all = config.get(UPSTREAM_CONNECTIONS_MAX);
        if (route > all) {
            fault(
                    UPSTREAM_CONNECTIONS_PER_ROUTE,
                    "is " + route + "; it must be at most " + UPSTREAM_CONNECTIONS_MAX + ", which is " + all);
        }
    }

    private void wholeCredentials() {
        boolean user = config.get(REGISTRY_USER).isPresent();
        boolean password = config.get(REGISTRY_PASSWORD).isPresent();
        if (user != password) {
            fault(user ? REGISTRY_PASSWORD : REGISTRY_USER, "is missing; user and password go together");
        }
    }

    private void adminIsGuarded() {
        if (config.get(ADMIN_TOKEN).isEmpty()
                && !LOOPBACK.matcher(config.get(ADMIN_HOST)).matches()) {
            fault(
                    ADMIN_TOKEN,
                    "is missing; " + ADMIN_HOST + " is " + config.get(ADMIN_HOST)
                            + ", which others reach: give a token, or a loopback address");
        }
    }

    private void replication() {
        if (config.get(TOPICS_REPLICATION) == 0) {
            fault(TOPICS_REPLICATION, "is 0; allowed is -1 for the broker's default, or 1 to 100");
        }
    }

    private void streamsLeavesTheFixedAlone() {
        config.get(KAFKA_STREAMS).keySet().stream()
                .filter(StreamsSettings.FIXED::containsKey)
                .forEach(key -> fault(KAFKA_STREAMS, key + " cannot be set here; " + StreamsSettings.FIXED.get(key)));
    }

    private void fault(Setting<?> setting, String message) {
        faults.add(new Fault(setting.name(), message));
    }
}
