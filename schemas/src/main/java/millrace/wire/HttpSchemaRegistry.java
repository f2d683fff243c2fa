package millrace.wire;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;

/** A registry over HTTP. Remembers schemas by id for ever and unknown ids for the settings' time; asks for all else each time. */
public final class HttpSchemaRegistry implements SchemaRegistry {

    private static final int LOOK_UP_THREADS = 2;

    private final RegistrySettings settings;
    private final RegistryClient client;
    private final ExecutorService background;
    private final SchemaCache cache;

    public HttpSchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        this.client = new RegistryClient(settings);
        this.background = Executors.newFixedThreadPool(LOOK_UP_THREADS, DaemonThreads.named("schema-look-up"));
        this.cache = new SchemaCache(client::schemaById, background, settings.unknownFor(), System::nanoTime);
    }

    @Override
    public SchemaLookup find(int id) {
        return cache.find(id);
    }

    @Override
    public Schema schemaById(int id) {
        return cache.get(id);
    }

    @Override
    public int register(String subject, Schema schema) {
        return remembered(client.register(subject, schema), schema);
    }

    @Override
    public int lookUp(String subject, Schema schema) {
        return remembered(client.lookUp(subject, schema), schema);
    }

    private int remembered(int id, Schema schema) {
        cache.remember(id, schema);
        return id;
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return client.latest(subject);
    }

    @Override
    public Compatibility test(String subject, Schema schema) {
        return client.test(subject, schema);
    }

    @Override
    public CompatibilityLevel level(String subject) {
        return client.level(subject);
    }

    @Override
    public void setLevel(Optional<String> subject, CompatibilityLevel level) {
        client.setLevel(subject, level);
    }

    @Override
    public List<String> subjects() {
        return client.subjects();
    }

    @Override
    public void close() {
        background.shutdownNow();
        client.close();
    }

    @Override
    public String toString() {
        return "schema registry " + settings.urls();
    }
}
