package millrace.intake;

import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.schemas.AnswerError;
import millrace.schemas.BudgetGrant;
import millrace.session.Origin;
import millrace.session.UserKey;

/** What comes in by one of the doors, read and checked. */
public sealed interface Arrival {

    /**
     * A request to decide.
     *
     * @param bytes the record's value as it came, for the journal
     */
    @SuppressWarnings("ArrayRecordComponent") // Carried to the journal; never compared.
    record Asked(AdRequest request, UserKey user, ReplyTarget reply, byte[] bytes, Origin origin) implements Arrival {
        /** The answer's key: the user's, so that answers of one user stay in order; nobody's is the request's id. */
        public String answerKey() {
            return user.isNobody() ? request.getId() : user.value();
        }
    }

    /**
     * A request that is not decided but has an id, so that somebody waits for an answer. Its dead letter is written already.
     *
     * @param request what the answer repeats of it, bounded
     * @param origin tells a repeated request from a record that is read once more
     */
    record TurnedAway(AdRequest request, AnswerError error, ReplyTarget reply, Origin origin) implements Arrival {}

    /** Something happened to a served ad. */
    record Happened(AdEvent event) implements Arrival {}

    /** The ledger answered. */
    record Granted(BudgetGrant grant) implements Arrival {}
}
