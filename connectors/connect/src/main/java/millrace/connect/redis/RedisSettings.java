package millrace.connect.redis;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import millrace.config.Durations;
import millrace.connect.row.Pseudonyms;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the Redis sink. */
final class RedisSettings {
    static final String URL = "redis.url";
    static final String PREFIX = "redis.prefix";
    static final String KEEP = "redis.keep";
    static final String SECRET = "hash.secret";
    static final String TOPICS_PREFIX = "topics.prefix";

    static final ConfigDef CONFIG = new ConfigDef()
            .define(
                    URL,
                    ConfigDef.Type.PASSWORD,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.Importance.HIGH,
                    "redis://[user:password@]host:port[/database], or rediss:// over TLS. Never printed.")
            .define(PREFIX, ConfigDef.Type.STRING, "millrace:", ConfigDef.Importance.LOW, "Before every key.")
            .define(
                    KEEP,
                    ConfigDef.Type.STRING,
                    "31d",
                    ConfigDef.Importance.MEDIUM,
                    "How long keys stay that nothing is written to; not below the longest window of a cap (caps.max.window).")
            .define(
                    SECRET,
                    ConfigDef.Type.PASSWORD,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.Importance.HIGH,
                    "Secret of the pseudonyms that stand for user keys, at least 16 characters.")
            .define(
                    TOPICS_PREFIX,
                    ConfigDef.Type.STRING,
                    "",
                    ConfigDef.Importance.LOW,
                    "As the pipelines' setting of this name.");

    private final AbstractConfig config;

    RedisSettings(Map<String, String> values) {
        this.config = new AbstractConfig(CONFIG, values);
    }

    URI url() {
        try {
            URI url = URI.create(config.getPassword(URL).value());
            if (!"redis".equals(url.getScheme()) && !"rediss".equals(url.getScheme())) {
                throw new ConfigException(URL + " must begin with redis:// or rediss://");
            }
            return url;
        } catch (IllegalArgumentException e) {
            // Neither the text nor the cause is shown: it may hold a password.
            throw new ConfigException(URL + " cannot be parsed");
        }
    }

    Keys keys() {
        return new Keys(config.getString(PREFIX));
    }

    Duration keep() {
        try {
            return Durations.parse(config.getString(KEEP));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KEEP + " is '" + config.getString(KEEP) + "'; " + e.getMessage());
        }
    }

    Pseudonyms pseudonyms() {
        return new Pseudonyms(SECRET, config.getPassword(SECRET).value());
    }

    String topicsPrefix() {
        return config.getString(TOPICS_PREFIX);
    }
}
