package millrace.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding read from one array, where no length is believed before the bytes are there.
 *
 * <p>Avro's own {@code BinaryDecoder} takes its limits from system properties, once for the whole process, and bounds each collection
 * alone; here they are this reader's, and count over the whole record, so that the work is bounded too. Reused for record after record;
 * for one thread.
 */
final class RecordDecoder extends Decoder {

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int position;
    private int itemsLeft;

    /** Begins a record. */
    void begin(byte[] record, int offset, int items) {
        bytes = record;
        position = offset;
        itemsLeft = items;
    }

    /** Lets go of the record. */
    void end() {
        bytes = NONE;
        position = 0;
    }

    @Override
    public int remainingBytes() {
        return bytes.length - position;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        return bytes[take(1)] == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("int is out of range: " + value);
        }
        return (int) value;
    }

    /** Zig-zag variable length: seven bits a byte, the lowest first. */
    @Override
    public long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[take(1)];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("number is longer than ten bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(Integer.reverseBytes(ByteBuffer.wrap(bytes).getInt(take(Float.BYTES))));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(ByteBuffer.wrap(bytes).getLong(take(Double.BYTES))));
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        take(length());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int length = length();
        var copy = new byte[length];
        System.arraycopy(bytes, take(length), copy, 0, length);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void skipBytes() throws IOException {
        take(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, take(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return block();
    }

    @Override
    public long arrayNext() throws IOException {
        return block();
    }

    @Override
    public long skipArray() throws IOException {
        return skippedBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return block();
    }

    @Override
    public long mapNext() throws IOException {
        return block();
    }

    @Override
    public long skipMap() throws IOException {
        return skippedBlocks();
    }

    /** The item count of the next block; a negative one is followed by the block's size in bytes. */
    private long block() throws IOException {
        long count = readLong();
        if (count >= 0) {
            return counted(count);
        }
        length();
        return counted(-count);
    }

    /** Skips the blocks that state their size; the items of the first that does not are the caller's to skip. */
    private long skippedBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            take(length());
            count = readLong();
        }
        return counted(count);
    }

    private long counted(long items) {
        if (items < 0 || items > itemsLeft) {
            throw new AvroRuntimeException(
                    "more array and map items than allowed: " + items + " where " + itemsLeft + " are left");
        }
        itemsLeft -= (int) items;
        return items;
    }

    /** A length that the rest of the record can hold. */
    private int length() throws IOException {
        long length = readLong();
        if (length < 0 || length > remainingBytes()) {
            throw new AvroRuntimeException("length is " + length + " where " + remainingBytes() + " bytes are left");
        }
        return (int) length;
    }

    /** Moves on and returns where it was. */
    private int take(int length) throws EOFException {
        if (length > bytes.length - position) {
            throw new EOFException("record ends early");
        }
        int start = position;
        position += length;
        return start;
    }
}
