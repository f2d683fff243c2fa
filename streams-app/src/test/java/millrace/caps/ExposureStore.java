package millrace.caps;

import java.io.File;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.WindowStore;

/** A real RocksDB window store in a directory; opened again there it has what it had. */
final class ExposureStore {
    private ExposureStore() {}

    static WindowStore<String, byte[]> open(Path directory, CapSettings settings) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "caps-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        File state = directory.toFile();
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(properties, new TaskId(0, 0), state);
        WindowStore<String, byte[]> store = FrequencyCaps.store(settings)
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
