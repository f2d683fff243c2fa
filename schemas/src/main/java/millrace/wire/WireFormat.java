package millrace.wire;

import java.nio.ByteBuffer;

/** Confluent's framing: a zero byte, the schema id as four bytes big-endian, then Avro's binary encoding. */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    /** Of bytes that are long enough and begin with {@link #MAGIC}. */
    static int schemaId(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }
}
