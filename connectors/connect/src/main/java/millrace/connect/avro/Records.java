package millrace.connect.avro;

import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;

/** Records of the product as Connect has them; {@link AvroConverter} writes them under the schema that the pipeline registered. One thread. */
public final class Records {
    private final ConnectSchemas schemas = new ConnectSchemas();

    public SchemaAndValue struct(IndexedRecord record) {
        Schema schema = schemas.of(record.getSchema());
        return new SchemaAndValue(schema, ConnectValues.of(schema, record.getSchema(), record));
    }
}
