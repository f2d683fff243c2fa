package millrace.connect.avro;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import millrace.wire.BasicAuth;
import millrace.wire.MalformedRecordException;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistryException;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import millrace.wire.WireWriter;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Values of Kafka Connect as Avro records in the Confluent wire format: a zero byte, the schema's id in four bytes, the record. Subjects
 * are {@code <topic>-value}.
 *
 * <p>Values are records; keys of this product are texts, so for keys there is Kafka's own {@code StringConverter}. What cannot be read is
 * a {@link DataException}, which {@code errors.tolerance} can send to a dead-letter topic; a registry that is away is a
 * {@link RetriableException}, after which Connect asks again for {@code errors.retry.timeout}. Connect uses one for each task.
 */
public final class AvroConverter implements Converter {
    private static final String URL = "schema.registry.url";
    private static final String USER = "schema.registry.user";
    private static final String PASSWORD = "schema.registry.password";
    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final ConfigDef CONFIG = new ConfigDef()
            .define(
                    URL,
                    ConfigDef.Type.LIST,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.Importance.HIGH,
                    "Base URLs of the registry, tried in turn; each with its path if it has one.")
            .define(USER, ConfigDef.Type.STRING, "", ConfigDef.Importance.MEDIUM, "User of the registry.")
            .define(PASSWORD, ConfigDef.Type.PASSWORD, "", ConfigDef.Importance.MEDIUM, "Password of that user.")
            .define(
                    AUTO_REGISTER,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    ConfigDef.Importance.MEDIUM,
                    "false: schemas are looked up, and one that is not there is refused.");

    private record Written(String topic, org.apache.avro.Schema avro) {}

    private final ConnectSchemas connectSchemas = new ConnectSchemas();
    private final AvroSchemas avroSchemas = new AvroSchemas();
    private final Map<Written, WireWriter<GenericRecord>> writers = new HashMap<>();
    private @Nullable Wire wire;
    private @Nullable WireReader<GenericRecord> reader;
    private RegistrationPolicy policy = new RegistrationPolicy(true, PATIENCE);

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (isKey) {
            throw new ConfigException("key.converter is " + AvroConverter.class.getName()
                    + "; keys are texts, use org.apache.kafka.connect.storage.StringConverter");
        }
        AbstractConfig config = new AbstractConfig(CONFIG, configs);
        Wire opened;
        try {
            opened = Wire.open(settings(config));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        wire = opened;
        reader = opened.readerAsWritten();
        policy = new RegistrationPolicy(config.getBoolean(AUTO_REGISTER), PATIENCE);
    }

    private static RegistrySettings settings(AbstractConfig config) {
        RegistrySettings settings = RegistrySettings.of(config.getList(URL).toArray(new String[0]));
        Password password = config.getPassword(PASSWORD);
        String user = config.getString(USER);
        return user.isEmpty() ? settings : settings.withAuth(new BasicAuth(user, password.value()));
    }

    @Override
    @SuppressWarnings("NullAway") // A tombstone is a null, which Connect's signature does not say.
    public byte[] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (schema == null) {
            throw new DataException("value for topic " + topic + " has no schema; Avro needs one");
        }
        if (schema.type() != Schema.Type.STRUCT) {
            throw new DataException("value for topic " + topic + " is a " + schema.type() + "; a STRUCT is needed");
        }
        org.apache.avro.Schema avro;
        GenericRecord record;
        try {
            avro = avroSchemas.of(schema);
            record = (GenericRecord) AvroValues.of(avro, schema, value);
        } catch (DataException e) {
            throw new DataException("value for topic " + topic + " cannot be written: " + e.getMessage(), e);
        }
        try {
            return writer(topic, avro).write(record);
        } catch (AvroRuntimeException e) {
            throw new DataException("value for topic " + topic + " cannot be written: " + e.getMessage(), e);
        }
    }

    private WireWriter<GenericRecord> writer(String topic, org.apache.avro.Schema avro) {
        Written key = new Written(topic, avro);
        WireWriter<GenericRecord> known = writers.get(key);
        if (known == null) {
            known = registered(topic, avro);
            writers.put(key, known);
        }
        return known;
    }

    /** A writer takes its schema's id at its first record, which comes next: another version of the topic's schema has another writer. */
    private WireWriter<GenericRecord> registered(String topic, org.apache.avro.Schema avro) {
        Wire open = open();
        try {
            open.register(Map.of(topic, avro), policy, line -> {});
        } catch (RegistryException.Unavailable e) {
            throw new RetriableException(
                    "schema for topic " + topic + " cannot be registered now: " + e.getMessage(), e);
        } catch (RegistryException e) {
            throw new DataException("schema for topic " + topic + " is refused: " + e.getMessage(), e);
        }
        return open.writer(topic, avro);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return SchemaAndValue.NULL;
        }
        GenericRecord record;
        try {
            record = reader().readOrWait(bytes);
        } catch (MalformedRecordException | RegistryException.Refused e) {
            throw new DataException("value on topic " + topic + " cannot be read: " + e.getMessage(), e);
        } catch (RegistryException e) {
            throw new RetriableException("value on topic " + topic + " cannot be read now: " + e.getMessage(), e);
        }
        try {
            Schema schema = connectSchemas.of(record.getSchema());
            return new SchemaAndValue(schema, ConnectValues.of(schema, record.getSchema(), record));
        } catch (DataException e) {
            throw new DataException("value on topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Wire open() {
        if (wire == null) {
            throw new IllegalStateException("the converter is used before it is configured");
        }
        return wire;
    }

    private WireReader<GenericRecord> reader() {
        if (reader == null) {
            throw new IllegalStateException("the converter is used before it is configured");
        }
        return reader;
    }

    @Override
    public void close() {
        if (wire != null) {
            wire.close();
        }
    }
}
