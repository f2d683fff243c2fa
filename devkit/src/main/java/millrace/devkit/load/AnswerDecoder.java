package millrace.devkit.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.schemas.AdResponse;
import millrace.wire.MalformedRecordException;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/**
 * Reads of an answer its request and the outcome of its first slot. The reader's schema is the answer's with all other fields left out,
 * so Avro skips markup, media and trackers without making anything of them.
 */
final class AnswerDecoder implements Answers {

    private static final int REQUEST_ID = 0;
    private static final int SLOTS = 1;
    private static final int OUTCOME = 0;
    private static final int REASON = 1;

    private final RequestIds ids;
    private final WireReader<GenericRecord> reader;

    AnswerDecoder(RequestIds ids, Wire wire) {
        this.ids = ids;
        this.reader = wire.reader(projection());
    }

    /** @throws IllegalStateException if it cannot be read */
    @Override
    public Optional<Answer> decode(byte[] bytes) {
        GenericRecord response = response(bytes);
        int request = ids.request((Utf8) response.get(REQUEST_ID));
        return request < 0
                ? Optional.empty()
                : Optional.of(new Answer(request, outcome((List<?>) response.get(SLOTS))));
    }

    private GenericRecord response(byte[] bytes) {
        try {
            return reader.readOrWait(bytes);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("an answer cannot be read: " + e.getMessage(), e);
        }
    }

    private static String outcome(List<?> slots) {
        if (slots.isEmpty()) {
            return Answer.REFUSED;
        }
        GenericRecord slot = (GenericRecord) slots.getFirst();
        Object reason = slot.get(REASON);
        return String.valueOf(reason == null ? slot.get(OUTCOME) : reason);
    }

    /** The part of the answer's schema that is read. */
    private static Schema projection() {
        Schema response = AdResponse.getClassSchema();
        Schema slot = response.getField("slots").schema().getElementType();
        Schema partialSlot = partial(slot, field(slot, "outcome"), field(slot, "reason"));
        // A text of its own: the original's says that it is a String, which would cost a decoding.
        return partial(
                response,
                new Schema.Field("requestId", Schema.create(Schema.Type.STRING)),
                new Schema.Field("slots", Schema.createArray(partialSlot)));
    }

    private static Schema partial(Schema whole, Schema.Field... fields) {
        return Schema.createRecord(
                whole.getName(), whole.getDoc(), whole.getNamespace(), false, new ArrayList<>(List.of(fields)));
    }

    private static Schema.Field field(Schema record, String name) {
        return new Schema.Field(record.getField(name), record.getField(name).schema());
    }
}
