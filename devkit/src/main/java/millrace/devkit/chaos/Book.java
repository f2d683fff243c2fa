package millrace.devkit.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import millrace.devkit.referee.Asked;
import millrace.devkit.referee.TokenText;
import millrace.schemas.AdResponse;

/** What was asked, shown and answered so far. Safe for any thread. */
final class Book {

    private record Open(long due, int partition) {}

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    /** Reservations with an impression on record. */
    private final Set<String> recorded = ConcurrentHashMap.newKeySet();

    private final Map<String, Integer> ads = new ConcurrentHashMap<>();
    private final List<Arrived> arrived = new ArrayList<>();
    private volatile int unsent;

    /** A request is on its way to the broker. */
    void asks(String id, long due, int partition) {
        open.put(id, new Open(due, partition));
    }

    /** The broker has it. */
    void hasAsked(String id, Instant at) {
        asked.put(id, new Asked(id, at));
    }

    /** The broker never had it, as far as the producer knows. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // The producer's thread alone.
    void couldNotAsk(String id) {
        unsent++;
        open.remove(id);
    }

    void hasShown(String token) {
        shown.add(token);
    }

    /** An impression of that reservation is on record. */
    void hasRecorded(String reservation) {
        recorded.add(reservation);
    }

    /** How many ads that were told of have no impression on record yet. */
    long unrecorded() {
        return shown.stream()
                .filter(token -> !recorded.contains(TokenText.reservation(token)))
                .count();
    }

    /** The first answer to a request counts; whether there are more is for the referee to see. */
    void answered(AdResponse response, long at, int reply) {
        response.getSlots()
                .forEach(slot ->
                        slot.getAds().forEach(ad -> ads.merge(String.valueOf(ad.getCampaign()), 1, Integer::sum)));
        Open request = open.remove(response.getRequestId());
        if (request != null) {
            synchronized (arrived) {
                arrived.add(Arrived.of(response, request.due(), at, request.partition(), reply));
            }
        }
    }

    List<Asked> asked() {
        return List.copyOf(asked.values());
    }

    Set<String> shown() {
        return Set.copyOf(shown);
    }

    /** In the order of their arrival. */
    List<Arrived> arrived() {
        synchronized (arrived) {
            return List.copyOf(arrived);
        }
    }

    /** Ads of a campaign so far. */
    int ads(String campaign) {
        return ads.getOrDefault(campaign, 0);
    }

    int unanswered() {
        return open.size();
    }

    int unsent() {
        return unsent;
    }
}
