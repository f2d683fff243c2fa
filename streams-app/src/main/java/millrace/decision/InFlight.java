package millrace.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import millrace.catalog.Placement;
import millrace.intake.Arrival;
import millrace.session.SessionContext;
import org.apache.kafka.common.header.Headers;

/** One request from its admission to its answer. For the stream thread only. */
final class InFlight {
    final Arrival.Asked asked;
    final Placement placement;
    final SessionContext context;
    final Headers headers;
    final long timestamp;
    final Instant deadline;
    final RoomTimes times;
    final List<SlotRun> runs = new ArrayList<>();
    /** Number in the journal; absent when all was decided at once. */
    OptionalInt journalNumber = OptionalInt.empty();

    boolean isAnswered;

    InFlight(
            Arrival.Asked asked,
            Placement placement,
            SessionContext context,
            Headers headers,
            long timestamp,
            Instant deadline,
            RoomTimes times) {
        this.asked = asked;
        this.placement = placement;
        this.context = context;
        this.headers = headers;
        this.timestamp = timestamp;
        this.deadline = deadline;
        this.times = times;
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
