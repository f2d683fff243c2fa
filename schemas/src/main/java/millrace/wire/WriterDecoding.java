package millrace.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;

/** How records of one writer's schema become records of the reader's, found out once for each schema id. */
sealed interface WriterDecoding<T> {

    record Resolved<T>(DatumReader<T> reader) implements WriterDecoding<T> {}

    /** Another record altogether, or one that cannot be read safely. */
    record Mismatched<T>(String reason) implements WriterDecoding<T> {}

    static <T> WriterDecoding<T> between(Schema writer, Schema reader, GenericData model) {
        if (!isSameRecord(writer, reader)) {
            return new Mismatched<>(
                    "record is a %s, expected a %s".formatted(writer.getFullName(), reader.getFullName()));
        }
        if (Nesting.isTooDeep(writer)) {
            return new Mismatched<>("schema of %s nests too deeply or contains itself".formatted(writer.getFullName()));
        }
        @SuppressWarnings("unchecked") // The model makes records of the reader's schema.
        DatumReader<T> resolving = model.createDatumReader(writer, reader);
        return new Resolved<>(resolving);
    }

    private static boolean isSameRecord(Schema writer, Schema reader) {
        return writer.getType() == Schema.Type.RECORD
                && (writer.getFullName().equals(reader.getFullName())
                        || reader.getAliases().contains(writer.getFullName()));
    }

    /**
     * The record in the decoder.
     *
     * @throws MalformedRecordException for whatever the bytes may hold that is no such record
     */
    default T decode(RecordDecoder decoder) throws MalformedRecordException {
        return switch (this) {
            case Mismatched<T>(var reason) -> throw new MalformedRecordException(reason);
            case Resolved<T>(var reader) -> decode(reader, decoder);
        };
    }

    private static <T> T decode(DatumReader<T> reader, RecordDecoder decoder) throws MalformedRecordException {
        T value;
        try {
            value = reader.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            // Avro reports bad bytes with whatever it trips over: AvroRuntimeException and its kin, but also
            // IndexOutOfBounds, ClassCast, NullPointer, UnsupportedOperation and NumberFormat exceptions.
            throw new MalformedRecordException("not decodable: " + describe(e));
        }
        if (decoder.remainingBytes() > 0) {
            throw new MalformedRecordException(decoder.remainingBytes() + " bytes follow the record");
        }
        return value;
    }

    private static String describe(Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return e.getClass().getSimpleName() + ": "
                + (message.length() > 200 ? message.substring(0, 200) + "..." : message);
    }
}
