package millrace.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import millrace.session.Origin;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came, with where it stood, as bytes for a store: what is needed to read it again later as if it came now.
 */
public record Parked(Record<byte[], byte[]> record, Origin origin) {
    private static final byte VERSION = 1;

    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(record.timestamp());
            out.writeUTF(origin.topic());
            out.writeInt(origin.partition());
            out.writeLong(origin.offset());
            write(out, record.key());
            write(out, record.value());
            Header[] headers = record.headers().toArray();
            out.writeInt(headers.length);
            for (Header header : headers) {
                out.writeUTF(header.key());
                write(out, header.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException if the bytes were not written by this class */
    public static Parked of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("parked record has version " + version + "; known is " + VERSION);
            }
            long timestamp = in.readLong();
            Origin origin = new Origin(in.readUTF(), in.readInt(), in.readLong());
            byte[] key = read(in);
            byte[] value = read(in);
            Headers headers = new RecordHeaders();
            for (int left = in.readInt(); left > 0; left--) {
                headers.add(in.readUTF(), read(in));
            }
            return new Parked(new Record<>(key, value, timestamp, headers), origin);
        } catch (IOException e) {
            throw new IllegalStateException("parked record of " + bytes.length + " bytes is cut short", e);
        }
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    @SuppressWarnings("NullAway") // Kafka's keys, values and headers may be null, which their signatures do not say.
    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }
}
