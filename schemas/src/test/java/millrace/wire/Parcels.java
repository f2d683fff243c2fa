package millrace.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import millrace.sample.Kind;
import millrace.sample.Parcel;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The sample record and its schema in other versions. */
final class Parcels {

    static final String TOPIC = "parcels";

    /** Has only the fields without default, and one that the reader does not know. */
    static final Schema OTHER_VERSION = SchemaBuilder.record("millrace.sample.Parcel")
            .fields()
            .requiredString("id")
            .name("colours")
            .type()
            .array()
            .items()
            .stringType()
            .noDefault()
            .requiredLong("grams")
            .endRecord();

    private Parcels() {}

    static Parcel full() {
        return Parcel.newBuilder()
                .setId("p-1")
                .setGrams(1_250)
                .setFragile(true)
                .setNote("grüße")
                .setKind(Kind.BAG)
                .setStops(List.of("north", "south"))
                .setLabels(Map.of("a", "1"))
                .setSeal(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .build();
    }

    static Parcel small(String id) {
        return Parcel.newBuilder().setId(id).setGrams(7).build();
    }
}
