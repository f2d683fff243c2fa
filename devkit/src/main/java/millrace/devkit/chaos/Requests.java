package millrace.devkit.chaos;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;
import millrace.schemas.User;
import org.apache.kafka.common.utils.Utils;

/** What players ask, drawn from a seed: mostly one slot of one placement, now and then something unusual. For one thread. */
final class Requests {
    private static final long HOUR_MILLIS = 3_600_000;

    /**
     * A request and where it is sent.
     *
     * @param partition of its user
     * @param sentTo partition it is written to, which is another one where a client hashes in its own way
     * @param reply partition of the reply topic, or negative for none
     */
    record Drawn(AdRequest request, String userKey, int partition, int sentTo, int reply) {}

    private final String run;
    private final int users;
    private final boolean wrongClocks;
    private final SplittableRandom random;
    private final InstantSource clock;
    private int number;

    Requests(ChaosPlan plan, String run, InstantSource clock) {
        this.run = run;
        // Each asks about every five seconds, so that all of them run into their caps.
        this.users = plan.rate() * 5;
        this.wrongClocks = plan.has(Fault.CLOCK);
        this.random = new SplittableRandom(plan.seed());
        this.clock = clock;
    }

    Drawn next() {
        String user = "user-" + random.nextInt(users);
        int partition = partitionOf(user);
        boolean strays = random.nextInt(100) < 4;
        int sentTo = strays ? random.nextInt(ChaosPlan.PARTITIONS) : partition;
        int reply = random.nextInt(100) < 25 ? random.nextInt(ChaosPlan.PARTITIONS) : -1;
        return new Drawn(request(user), user, partition, sentTo, reply);
    }

    private AdRequest request(String user) {
        int kind = random.nextInt(100);
        AdRequest.Builder request = AdRequest.newBuilder()
                .setId(run + "-" + number++)
                .setPlacement(kind < 75 ? ChaosCatalog.FILM : kind < 99 ? ChaosCatalog.LOBBY : "nowhere")
                .setUser(User.newBuilder().setId(user).build())
                .setTest(random.nextInt(100) < 2);
        if (random.nextInt(100) < 10) {
            request.setSlots(slots(2 + random.nextInt(2)));
        }
        int time = random.nextInt(100);
        if (time < 50) {
            request.setEventTime(clock.millis());
        } else if (wrongClocks && time < 65) {
            request.setEventTime(clock.millis() + wrongBy(time));
        }
        return request.build();
    }

    /** Ahead, far behind, and a little behind, which is believed. */
    private static long wrongBy(int time) {
        return switch (time % 4) {
            case 0 -> HOUR_MILLIS;
            case 1 -> -HOUR_MILLIS;
            case 2 -> 2_000;
            default -> -1_000;
        };
    }

    private static List<Slot> slots(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Slot.newBuilder().setId("slot-" + i).build())
                .toList();
    }

    /** By Kafka's own hash. */
    static int partitionOf(String userKey) {
        return Utils.toPositive(Utils.murmur2(userKey.getBytes(StandardCharsets.UTF_8))) % ChaosPlan.PARTITIONS;
    }
}
