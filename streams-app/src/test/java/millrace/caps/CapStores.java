package millrace.caps;

import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Supplier;
import millrace.catalog.LifetimeInterest;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/** The room's real stores in a directory; opened again there they have what they had. */
record CapStores(WindowStore<String, byte[]> exposures, KeyValueStore<String, byte[]> lifetime)
        implements AutoCloseable {

    static CapStores open(Path directory, CapSettings settings) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "caps-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(properties, new TaskId(0, 0), directory.toFile());
        WindowStore<String, byte[]> exposures = FrequencyCaps.exposures(settings)
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        exposures.init(context.getStateStoreContext(), exposures);
        KeyValueStore<String, byte[]> lifetime = FrequencyCaps.lifetime()
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        lifetime.init(context.getStateStoreContext(), lifetime);
        return new CapStores(exposures, lifetime);
    }

    FrequencyCaps caps(CapSettings settings, Supplier<LifetimeInterest> interest) {
        return new FrequencyCaps(exposures, lifetime, settings, interest);
    }

    @Override
    public void close() {
        exposures.close();
        lifetime.close();
    }
}
