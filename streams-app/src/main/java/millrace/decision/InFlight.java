package millrace.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.caps.UserCaps;
import millrace.catalog.Placement;
import millrace.delivery.Material;
import millrace.intake.Arrival;
import millrace.schemas.SlotAnswer;
import millrace.session.SessionContext;
import millrace.trace.TraceHeaders;
import millrace.upstream.Fanout;
import org.apache.kafka.common.header.Headers;

/** One request from its admission to its answer. For the stream thread only. */
final class InFlight {
    private static final int ANSWER_CHARACTERS = 250_000;

    final Arrival.Asked asked;
    final Placement placement;
    final SessionContext context;
    /** The request's own, which its answer has. */
    final Headers headers;
    /** What everything else that is made of it has. */
    final Headers trace;

    final long timestamp;
    final Instant deadline;
    /** Until when others are asked or waited for: the deadline less the margin for our own way back. */
    final Instant lastAsk;
    /** What its upstreams may still ask for, all slots together. */
    final Fanout fanout;

    final UserCaps caps;
    final RoomTimes times;
    final List<SlotRun> runs = new ArrayList<>();
    /** Where the journal has it; absent when that was full. */
    Optional<Journal.Open> journal = Optional.empty();

    /** Its bids, once bidders were asked. */
    Optional<Bidding> bidding = Optional.empty();

    boolean isAnswered;
    /** {@link #steps} that the journal knows of. */
    int stepsInJournal;

    private int answerCharacters;

    InFlight(
            Arrival.Asked asked,
            Placement placement,
            SessionContext context,
            Headers headers,
            long timestamp,
            Instant deadline,
            Instant lastAsk,
            Fanout fanout,
            UserCaps caps,
            RoomTimes times) {
        this.asked = asked;
        this.placement = placement;
        this.context = context;
        this.headers = TraceHeaders.cleaned(headers, context.trace());
        this.trace = TraceHeaders.of(context.trace());
        this.timestamp = timestamp;
        this.deadline = deadline;
        this.lastAsk = lastAsk;
        this.fanout = fanout;
        this.caps = caps;
        this.times = times;
    }

    /** In a later life: what was committed of it before. */
    void goOn(JournalEntry.Progress progress, List<SlotAnswer> decided) {
        for (int i = 0; i < Math.min(runs.size(), progress.slots().size()); i++) {
            runs.get(i).goOn(progress.slots().get(i), decided);
        }
        answerCharacters += progress.decided().length;
        stepsInJournal = steps();
    }

    /**
     * Whether the answer can hold this ad too. Its record must stay below the megabyte that brokers take by default; one character has
     * three bytes at the most.
     */
    boolean hasRoomFor(Material ad) {
        return answerCharacters + ad.characters() <= ANSWER_CHARACTERS;
    }

    void holds(Material ad) {
        answerCharacters += ad.characters();
    }

    boolean isInTime(Instant now) {
        return now.isBefore(deadline);
    }

    Optional<SlotRun> run(String slot) {
        return runs.stream().filter(run -> run.slot.getId().equals(slot)).findFirst();
    }

    /** How much of it is written that a later life must not do again. */
    int steps() {
        int steps = 0;
        for (SlotRun run : runs) {
            steps += run.steps();
        }
        return steps;
    }

    boolean isDecided() {
        for (SlotRun run : runs) {
            if (!(run.progress instanceof SlotRun.Decided)) {
                return false;
            }
        }
        return true;
    }
}
