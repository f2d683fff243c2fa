package millrace.impression;

import java.time.Instant;
import millrace.delivery.Token;
import millrace.delivery.TokenVerdict;

/** What an ad event asks for, before its reservation is looked at. */
public sealed interface EventVerdict {

    /** @param shownAt the client's time, never after the broker's */
    record Shown(Token token, Instant shownAt) implements EventVerdict {}

    /** @param appended the broker's time; whether it is too early is for the reservation to say */
    record Expires(Token token, Instant appended) implements EventVerdict {}

    /** No token of ours. */
    record Forged(TokenVerdict.Flaw flaw) implements EventVerdict {}

    /** A genuine token that belongs to another partition: its reservation is not here. */
    record ForeignPartition(Token token) implements EventVerdict {}

    /** A kind of event that this version does not know. */
    record Ignored() implements EventVerdict {}
}
