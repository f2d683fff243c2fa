package millrace.intake;

import java.util.List;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;

/**
 * What an answer repeats of a request that was refused: enough to know it by. It may be refused for being too long, and repeated whole
 * it could be more than brokers take (a byte that is no text is three when it is written again), which would end the thread,
 * again after each restart.
 */
final class Echo {
    static final int LONGEST = 1_024;

    private Echo() {}

    static AdRequest of(AdRequest request) {
        List<Slot> slots = request.getSlots().stream()
                .limit(RequestCheck.SLOT_LIMIT)
                .map(slot -> Slot.newBuilder().setId(cut(slot.getId())).build())
                .toList();
        return AdRequest.newBuilder()
                .setId(cut(request.getId()))
                .setPlacement(cut(request.getPlacement()))
                .setSlots(slots)
                .setTest(request.getTest())
                .build();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
