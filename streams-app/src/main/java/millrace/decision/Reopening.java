package millrace.decision;

import java.util.Optional;
import millrace.intake.Arrival;
import millrace.intake.Parked;
import millrace.intake.ReplyTopics;
import millrace.schemas.AdRequest;
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
    private final ReplyTopics replies;
    private final Unnamed unnamed;
    private final Journal journal;

    Reopening(WireReader<AdRequest> reader, ReplyTopics replies, Unnamed unnamed, Journal journal) {
        this.reader = reader;
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
            case Reading.Value<AdRequest>(AdRequest request) -> {
                Optional<UserKey> user = UserKey.of(request, unnamed);
                user.ifPresentOrElse(
                        key -> decision.resume(asked(request, key, parked), record(key, parked), open),
                        () -> drop(open, "it names nobody any more"));
                yield true;
            }
        };
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
