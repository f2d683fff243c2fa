package millrace.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.AnswerError;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.RoomTime;
import millrace.schemas.SlotAnswer;

/** Answers to ad requests. */
public final class Answers {
    private Answers() {}

    /** @param ads at least one */
    public static SlotAnswer filled(String slot, List<Ad> ads) {
        if (ads.isEmpty()) {
            throw new IllegalArgumentException("slot " + slot + " has no ads; a filled one has at least one");
        }
        return SlotAnswer.newBuilder()
                .setSlotId(slot)
                .setOutcome(Outcome.FILLED)
                .setAds(List.copyOf(ads))
                .build();
    }

    public static SlotAnswer empty(String slot, NoFillReason reason) {
        return SlotAnswer.newBuilder()
                .setSlotId(slot)
                .setOutcome(Outcome.NO_FILL)
                .setReason(reason)
                .build();
    }

    /**
     * The answer to a request that was decided.
     *
     * @param slots one a slot, in the request's order
     * @param schedule all of them as one document
     */
    public static AdResponse decided(
            AdRequest request,
            String session,
            List<SlotAnswer> slots,
            Instant decidedAt,
            long tookMicros,
            List<RoomTime> rooms,
            Optional<String> schedule) {
        return AdResponse.newBuilder()
                .setRequestId(request.getId())
                .setPlacement(request.getPlacement())
                .setSessionId(session)
                .setSlots(List.copyOf(slots))
                .setDecidedAt(decidedAt.toEpochMilli())
                .setTookMicros(tookMicros)
                .setRooms(List.copyOf(rooms))
                .setMarkup(schedule.orElse(null))
                .setTest(request.getTest())
                .build();
    }

    /**
     * The answer to a request that could not be decided at all.
     *
     * @param code machine-readable, for example unknown_placement
     * @param message what, where, the value, what is allowed
     */
    public static AdResponse refused(
            AdRequest request, NoFillReason reason, String code, String message, Instant decidedAt, long tookMicros) {
        List<SlotAnswer> slots = request.getSlots().stream()
                .map(slot -> empty(slot.getId(), reason))
                .toList();
        return AdResponse.newBuilder()
                .setRequestId(request.getId())
                .setPlacement(request.getPlacement())
                .setSlots(slots)
                .setError(new AnswerError(code, message))
                .setDecidedAt(decidedAt.toEpochMilli())
                .setTookMicros(tookMicros)
                .setTest(request.getTest())
                .build();
    }
}
