package millrace.wire;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The wire format over one registry: the entrance to this package.
 *
 * <p>At start {@link #register} every topic that is written; then make readers, writers and serdes at will. Safe for any thread; what
 * it makes says for itself.
 */
public final class Wire implements AutoCloseable {

    private final SchemaRegistry registry;
    private final WireLimits limits;
    private final SchemaIds ids = new SchemaIds();

    public Wire(SchemaRegistry registry, WireLimits limits) {
        this.registry = registry;
        this.limits = limits;
    }

    public static Wire open(RegistrySettings settings) {
        return new Wire(SchemaRegistry.open(settings), WireLimits.DEFAULT);
    }

    public SchemaRegistry registry() {
        return registry;
    }

    /**
     * Registers the schema of each topic under {@code <topic>-value}, after asking whether it is compatible. Waits while the registry
     * is away.
     *
     * @param schemas by topic
     * @param progress is given a line for each failed try
     * @throws RegistryException of the kind that says what to change; the message names the subject
     */
    public void register(Map<String, Schema> schemas, RegistrationPolicy policy, Consumer<String> progress) {
        var registration = new SchemaRegistration(registry, policy, progress, Thread::sleep, System::nanoTime);
        schemas.forEach((topic, schema) -> ids.put(topic, registration.register(topic, schema)));
    }

    public <T extends SpecificRecord> WireReader<T> reader(Class<T> type) {
        return WireReader.of(type, registry, limits);
    }

    public WireReader<GenericRecord> reader(Schema schema) {
        return WireReader.of(schema, registry, limits);
    }

    /** Of whatever record is there, as it was written. */
    public WireReader<GenericRecord> readerAsWritten() {
        return WireReader.asWritten(registry, limits);
    }

    public <T extends SpecificRecord> WireWriter<T> writer(String topic, Class<T> type) {
        SpecificData model = RecordClasses.model(type);
        return writer(topic, model.getSchema(type), model);
    }

    public WireWriter<GenericRecord> writer(String topic, Schema schema) {
        return writer(topic, schema, GenericData.get());
    }

    private <T extends IndexedRecord> WireWriter<T> writer(String topic, Schema schema, GenericData model) {
        return new WireWriter<>(topic, schema, model, ids);
    }

    public <T extends SpecificRecord> WireSerde<T> serde(String topic, Class<T> type) {
        return new WireSerde<>(
                ThreadLocal.withInitial(() -> writer(topic, type)), ThreadLocal.withInitial(() -> reader(type)));
    }

    @Override
    public void close() {
        registry.close();
    }
}
