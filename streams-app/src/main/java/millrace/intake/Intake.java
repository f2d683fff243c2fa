package millrace.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import millrace.catalog.Catalog;
import millrace.schemas.AdRequest;
import millrace.schemas.AnswerError;
import millrace.session.Origin;
import millrace.session.Unnamed;
import millrace.session.UserKey;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The rules of the request doors: a request is let in, sent on to the partition of its user, or refused with all its faults.
 *
 * <p>Not every client hashes keys as Kafka's own does (librdkafka defaults to CRC32), so a request can arrive on another partition
 * than its user's, where neither its session nor its caps are. It is sent on once; from the second door everything is let in.
 */
public final class Intake implements Door.Welcome<AdRequest> {
    private final Catalog catalog;
    private final ReplyTopics replies;
    private final int partitions;
    private final boolean sendsOn;
    private final Unnamed unnamed;
    private final IntakeCounts counts;

    /**
     * @param partitions of ad-requests and everything partitioned like it
     * @param sendsOn false at the second door
     * @param unnamed what stands for a user without a user id
     */
    public Intake(
            Catalog catalog,
            ReplyTopics replies,
            int partitions,
            boolean sendsOn,
            Unnamed unnamed,
            IntakeCounts counts) {
        this.catalog = catalog;
        this.replies = replies;
        this.partitions = partitions;
        this.sendsOn = sendsOn;
        this.unnamed = unnamed;
        this.counts = counts;
    }

    @Override
    public void welcome(AdRequest request, Record<byte[], byte[]> record, Origin origin, Doorway doorway) {
        List<String> faults = RequestCheck.faults(request);
        Optional<UserKey> user = UserKey.of(request, unnamed);
        if (!faults.isEmpty()) {
            turnAway(request, record, origin, doorway, "invalid_request", String.join("; ", faults));
        } else if (user.isEmpty()) {
            turnAway(request, record, origin, doorway, "no_user_key", noUserKey());
        } else if (sendsOn && !user.get().isNobody() && partitionOf(user.get()) != origin.partition()) {
            counts.moved();
            doorway.move(user.get().value(), record);
        } else if (catalog.placement(request.getPlacement()).isEmpty()) {
            String message = "placement is \"" + request.getPlacement() + "\"; no such placement is in the catalog";
            turnAway(request, record, origin, doorway, "unknown_placement", message);
        } else {
            letIn(request, user.get(), record, origin, doorway);
        }
    }

    private void letIn(AdRequest request, UserKey user, Record<byte[], byte[]> record, Origin origin, Doorway doorway) {
        switch (replies.target(record.headers())) {
            case ReplyTarget.Refused(String reason) ->
                turnAway(request, record, origin, doorway, "reply_refused", reason);
            case ReplyTarget target -> {
                counts.admitted();
                doorway.in(user.value(), new Arrival.Asked(request, user, target, record.value(), origin), record);
            }
        }
    }

    /** A dead letter, and an answer for whoever waits for one; on ad-responses when the reply address is no good. */
    private void turnAway(
            AdRequest request,
            Record<byte[], byte[]> record,
            Origin origin,
            Doorway doorway,
            String code,
            String message) {
        counts.refused();
        doorway.refuse(record, origin, code, message);
        if (!request.getId().isBlank()) {
            ReplyTarget reply = replies.target(record.headers());
            AdRequest echo = Echo.of(request);
            String key = UserKey.of(request).map(UserKey::value).orElse(echo.getId());
            doorway.in(key, new Arrival.TurnedAway(echo, new AnswerError(code, message), reply, origin), record);
        }
    }

    private String noUserKey() {
        return switch (unnamed) {
            case REFUSE -> "user.id names nobody";
            case DEVICE -> "user.id and device.id name nobody";
            case SESSION, UNCAPPED -> "user.id, device.id and sessionId name nobody";
        };
    }

    private int partitionOf(UserKey user) {
        return Utils.toPositive(Utils.murmur2(user.value().getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
