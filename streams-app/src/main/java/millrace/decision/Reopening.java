package millrace.decision;

import java.util.List;
import millrace.intake.Arrival;
import millrace.intake.Parked;
import millrace.intake.ReplyTopics;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.SlotAnswer;
import millrace.session.Unnamed;
import millrace.session.UserKey;
import millrace.wire.Reading;
import millrace.wire.WireReader;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes arrivals again of what the journal held. */
final class Reopening {
    private static final Logger LOG = LoggerFactory.getLogger(Reopening.class);

    private final WireReader<AdRequest> reader;
    private final WireReader<AdResponse> parts;
    private final ReplyTopics replies;
    private final Unnamed unnamed;
    private final Journal journal;

    /** @param parts reads answers that were not complete yet */
    Reopening(
            WireReader<AdRequest> reader,
            WireReader<AdResponse> parts,
            ReplyTopics replies,
            Unnamed unnamed,
            Journal journal) {
        this.reader = reader;
        this.parts = parts;
        this.replies = replies;
        this.unnamed = unnamed;
        this.journal = journal;
    }

    /** @return false if the request's schema is not known yet, so that it has to wait a little longer */
    boolean resume(Journal.Open open, Decision decision) {
        Parked parked = open.entry().request();
        return switch (reader.read(parked.record().value())) {
            case Reading.Pending<AdRequest> pending -> false;
            case Reading.Malformed<AdRequest>(String reason) -> {
                drop(open, reason);
                yield true;
            }
            case Reading.Value<AdRequest>(AdRequest request) -> resume(open, request, decision);
        };
    }

    private boolean resume(Journal.Open open, AdRequest request, Decision decision) {
        byte[] part = open.entry().progress().decided();
        if (part.length == 0) {
            return resume(open, request, List.of(), decision);
        }
        return switch (parts.read(part)) {
            case Reading.Pending<AdResponse> pending -> false;
            case Reading.Malformed<AdResponse>(String reason) -> {
                drop(open, reason);
                yield true;
            }
            case Reading.Value<AdResponse>(AdResponse answer) -> resume(open, request, answer.getSlots(), decision);
        };
    }

    private boolean resume(Journal.Open open, AdRequest request, List<SlotAnswer> decided, Decision decision) {
        Parked parked = open.entry().request();
        UserKey.of(request, unnamed)
                .ifPresentOrElse(
                        key -> decision.resume(asked(request, key, parked), record(key, parked), open, decided),
                        () -> drop(open, "it names nobody any more"));
        return true;
    }

    private Arrival.Asked asked(AdRequest request, UserKey user, Parked parked) {
        return new Arrival.Asked(
                request,
                user,
                replies.target(parked.record().headers()),
                parked.record().value(),
                parked.origin());
    }

    private static Record<String, byte[]> record(UserKey user, Parked parked) {
        return parked.record().withKey(user.value());
    }

    /** It was read once, so only another version of this program can come here. */
    private void drop(Journal.Open open, String reason) {
        LOG.atError()
                .addKeyValue("entry", open.number())
                .addKeyValue("origin", open.entry().request().origin())
                .log("journal entry cannot be read again and is dropped: " + reason);
        journal.free(open.number());
    }
}
