package millrace.upstream.openrtb.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import millrace.check.Fault;

/**
 * Bytes to records of one shape and back. Safe for many threads.
 *
 * <p>Enters: anything. Leaves: a record with all faults of type, or why there is none. Costs at most what {@link Limits} allow: they are asked
 * before and while the bytes are read, and no part is read twice.
 */
public final class JsonFormat<R extends Record> {
    private final Shape<R> shape;
    private final Limits limits;
    private final JsonFactory factory;

    public JsonFormat(Shape<R> shape, Limits limits) {
        this.shape = shape;
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.bytes())
                        .build())
                .build();
    }

    public Shape<R> shape() {
        return shape;
    }

    public Reading<R> read(byte[] bytes) {
        if (bytes.length > limits.bytes()) {
            return unreadable("is " + bytes.length + " bytes long; allowed is " + limits.bytes());
        }
        String encoding = Encoding.faultOf(bytes);
        if (!encoding.isEmpty()) {
            return unreadable(encoding);
        }
        try (JsonParser parser = factory.createParser(bytes)) {
            return new DocumentReader(parser, bytes, limits).read(shape);
        } catch (JsonProcessingException e) {
            return unreadable("is not JSON: " + e.getOriginalMessage() + placeOf(e));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    public byte[] write(R value) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(4096);
                JsonGenerator generator = factory.createGenerator(bytes)) {
            DocumentWriter.write(shape, value, generator);
            generator.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be written", e);
        }
    }

    private Reading<R> unreadable(String message) {
        return new Reading.Unreadable<>(new Fault(shape.name(), message));
    }

    private static String placeOf(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
