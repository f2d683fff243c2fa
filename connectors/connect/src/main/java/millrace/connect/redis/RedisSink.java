package millrace.connect.redis;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Keeps in Redis what budgets and caps leave: balances of {@code budget-ledger}, terms of {@code campaigns}, ads that count of
 * {@code served-ads} and {@code impressions}. connectors/README.md documents the keys.
 */
public final class RedisSink extends SinkConnector {
    static final String VERSION = String.valueOf(RedisSink.class.getPackage().getImplementationVersion());

    private Map<String, String> values = Map.of();

    @Override
    public String version() {
        return VERSION;
    }

    /** Settings that cannot work are refused here, before there are tasks. */
    @Override
    public void start(Map<String, String> given) {
        RedisSettings settings = new RedisSettings(given);
        settings.url();
        settings.keep();
        settings.pseudonyms();
        values = Map.copyOf(given);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RedisSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, values);
    }

    @Override
    public void stop() {
        // Holds nothing.
    }

    @Override
    public ConfigDef config() {
        return RedisSettings.CONFIG;
    }
}
