package millrace.devkit.chaos;

import java.util.List;
import millrace.schemas.AdResponse;
import millrace.schemas.NoFillReason;
import millrace.schemas.SlotAnswer;

/**
 * The first committed answer to a request, as the load saw it. Times are nanoseconds from the beginning of the load.
 *
 * @param due when the request was due
 * @param at when its answer was read
 * @param partition of the request's user
 * @param reply partition of the reply topic, or negative if the answer came on {@code ad-responses}
 */
record Arrived(long due, long at, int partition, int reply, int slots, int filled, int leaseEmpty, int overloaded) {

    static Arrived of(AdResponse response, long due, long at, int partition, int reply) {
        List<SlotAnswer> slots = response.getSlots();
        return new Arrived(
                due,
                at,
                partition,
                reply,
                slots.size(),
                (int) slots.stream().filter(slot -> !slot.getAds().isEmpty()).count(),
                count(slots, NoFillReason.LEASE_EMPTY),
                count(slots, NoFillReason.OVERLOADED));
    }

    private static int count(List<SlotAnswer> slots, NoFillReason reason) {
        return (int) slots.stream().filter(slot -> slot.getReason() == reason).count();
    }

    double latencyMillis() {
        return (at - due) / 1e6;
    }
}
