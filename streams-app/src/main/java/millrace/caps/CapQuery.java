package millrace.caps;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import millrace.catalog.CapRule;
import millrace.catalog.LifetimeInterest;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * Looks at a user's caps from outside of the stream thread, through views of the stores that any thread may read. Sees what the last
 * decision wrote, committed or not. One a question.
 */
public final class CapQuery {
    private final CapReading reading;

    /** @param left how many more ads the rule alone would allow now */
    public record Remaining(CapRule rule, int left) {}

    public CapQuery(
            ReadOnlyWindowStore<String, byte[]> exposures,
            ReadOnlyKeyValueStore<String, byte[]> lifetime,
            CapSettings settings) {
        this.reading = new CapReading(exposures, lifetime, settings);
    }

    /** For each rule what it leaves of ads like the subject. A pod that begins now is empty. */
    public List<Remaining> remaining(Viewer viewer, List<CapRule> rules, CapSubject subject, Instant now) {
        long at = now.toEpochMilli();
        Exposures exposures = reading.exposures(viewer.userKey(), reading.from(rules, viewer, at));
        Optional<LifetimeCounts> lifetime = reading.lifetime(viewer.userKey());
        UserCounts counts = new UserCounts(reading, viewer, exposures, lifetime, List.of(), LifetimeInterest.NONE);
        return rules.stream()
                .map(rule -> new Remaining(rule, counts.remaining(rule, subject, at)))
                .toList();
    }
}
