package millrace.upstream.openrtb;

import java.util.List;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.upstream.openrtb.check.MessageCheck;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.JsonFormat;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.json.Reading;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.BidResponse;

/** Messages of OpenRTB 2.6 as bytes and as values. Safe for many threads; made once, as it looks at the records' classes. */
public final class OpenRtb {
    private static final byte[] NOTHING = {};
    /** An answer without content is a bidder that does not bid. */
    private static final byte[] NO_BID = {'{', '}'};

    private final Message<BidRequest> requests;
    private final Message<BidResponse> responses;

    public OpenRtb(Limits limits, Strictness strictness) {
        this.requests = new Message<>(BidRequest.class, NOTHING, limits, strictness);
        this.responses = new Message<>(BidResponse.class, NO_BID, limits, strictness);
    }

    public Message<BidRequest> requests() {
        return requests;
    }

    public Message<BidResponse> responses() {
        return responses;
    }

    /** One kind of message. */
    public static final class Message<R extends Record> {
        private final JsonFormat<R> format;
        private final MessageCheck<R> check;
        private final byte[] empty;

        /** @param empty what no bytes at all mean */
        Message(Class<R> type, byte[] empty, Limits limits, Strictness strictness) {
            Shape<R> shape = Shape.of(type);
            this.format = new JsonFormat<>(shape, limits);
            this.empty = empty;
            this.check = new MessageCheck<>(shape, limits, strictness);
        }

        public Shape<R> shape() {
            return format.shape();
        }

        /** What the bytes say, with faults of type; nothing else is checked. */
        public Reading<R> read(byte[] bytes) {
            return format.read(bytes.length == 0 ? empty : bytes);
        }

        /** What the bytes say, with everything that is wrong: for whom a part of a message is better than none. */
        public Reading<R> readAndCheck(byte[] bytes) {
            return switch (read(bytes)) {
                case Reading.Unreadable<R> none -> none;
                case Reading.Document<R>(R value, List<Fault> unread) ->
                    new Reading.Document<>(value, check.faults(value, unread));
            };
        }

        public byte[] write(R message) {
            return format.write(message);
        }

        /** What the specification objects to in a message that was made or read without a fault. */
        public List<Fault> faults(R message) {
            return check.faults(message);
        }

        /** The message, or everything that is wrong with the bytes. */
        public Checked<R> check(byte[] bytes) {
            return switch (readAndCheck(bytes)) {
                case Reading.Unreadable<R>(Fault fault) -> new Checked.Invalid<>(fault);
                case Reading.Document<R>(R value, List<Fault> faults) ->
                    faults.isEmpty() ? new Checked.Valid<>(value) : new Checked.Invalid<>(faults);
            };
        }
    }
}
