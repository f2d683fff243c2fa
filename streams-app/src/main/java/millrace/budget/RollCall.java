package millrace.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which leases have answered this life of the ledger. Under {@code at_least_once} a crash may take back what the ledger had stored, and
 * not the grants that it had sent; so a new life does not know what is out. It calls every lease that it knows by a grant that repeats the
 * last one. A lease that answers has read all earlier grants, which lie before the call on its partition, and says what it was granted.
 * And whoever had reported to the earlier life was read before that answer, so that nobody is missing. Once all have answered, and not
 * before, the ledger grants.
 *
 * <p>In memory only: the next life calls again. Under {@code exactly_once_v2} nothing is forgotten, and nobody is called.
 */
final class RollCall {
    private static final long AGAIN_MILLIS = Duration.ofSeconds(1).toMillis();

    private final long life;
    private final Map<String, Roll> rolls = new HashMap<>();

    private static final class Roll {
        private final Set<Holder> present = new HashSet<>();
        private final Map<Holder, Long> calledAt = new HashMap<>();
        private boolean complete;
    }

    private RollCall(long life) {
        this.life = life;
    }

    static RollCall of(BudgetSettings settings) {
        return new RollCall(settings.forgetful() ? UUID.randomUUID().getLeastSignificantBits() | 1 : 0);
    }

    /** What its grants are marked with; 0 when nothing is ever forgotten. */
    long life() {
        return life;
    }

    /** False when nothing is ever forgotten, so that nobody is called. */
    boolean isCalled() {
        return life != 0;
    }

    void answered(String campaign, Report report) {
        if (life != 0 && report.ledger() == life) {
            roll(campaign).present.add(report.holder());
        }
    }

    /** Whether all of them have answered. Once they have, whoever comes later is known to hold nothing. */
    boolean isComplete(String campaign, Collection<Holder> holders) {
        if (life == 0) {
            return true;
        }
        Roll roll = roll(campaign);
        roll.complete = roll.complete || roll.present.containsAll(holders);
        return roll.complete;
    }

    /** Those who have not answered, each once a second. */
    List<Holder> toCall(String campaign, Collection<Holder> holders, Instant now) {
        Roll roll = roll(campaign);
        long millis = now.toEpochMilli();
        List<Holder> absent = new ArrayList<>();
        for (Holder holder : holders) {
            Long called = roll.calledAt.get(holder);
            if (!roll.present.contains(holder) && (called == null || millis - called >= AGAIN_MILLIS)) {
                roll.calledAt.put(holder, millis);
                absent.add(holder);
            }
        }
        return absent;
    }

    private Roll roll(String campaign) {
        return rolls.computeIfAbsent(campaign, name -> new Roll());
    }
}
