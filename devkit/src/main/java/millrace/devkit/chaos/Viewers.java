package millrace.devkit.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import millrace.schemas.Ad;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;
import millrace.schemas.AdResponse;
import millrace.topics.Topics;
import millrace.wire.MalformedRecordException;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Read the committed answers, and tell of most ads that they were shown: soon, too late, twice, or never, each by the request's id and the
 * seed. One thread.
 */
final class Viewers {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int PARTITION_AT = 2;

    private record Due(long at, Ad ad, long eventTime) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(at, other.at);
        }
    }

    private final ChaosPlan plan;
    private final Clients clients;
    private final Topics topics;
    private final String replyTopic;
    private final Book book;
    private final Players players;
    private final InstantSource clock;
    private final WireReader<AdResponse> reader;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final long began;
    private volatile boolean nobodyAsks;
    private volatile boolean ended;
    private volatile int waiting;

    Viewers(
            ChaosPlan plan,
            Clients clients,
            Wire wire,
            Topics topics,
            String replyTopic,
            Book book,
            Players players,
            InstantSource clock,
            long began) {
        this.plan = plan;
        this.clients = clients;
        this.topics = topics;
        this.replyTopic = replyTopic;
        this.book = book;
        this.players = players;
        this.clock = clock;
        this.reader = wire.reader(AdResponse.class);
        this.began = began;
    }

    /** Returns once it is ended. */
    void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = clients.reader(List.of(
                topics.adResponses().name(), replyTopic, topics.impressions().name()))) {
            while (!ended) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    read(record);
                }
                tell();
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.impressions().name())) {
            book.hasRecorded(new String(record.key(), StandardCharsets.UTF_8));
            return;
        }
        try {
            AdResponse response = reader.readOrWait(record.value());
            int reply = record.topic().equals(replyTopic) ? record.partition() : -1;
            book.answered(response, System.nanoTime() - began, reply);
            watch(response);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("an answer cannot be read: " + e.getMessage(), e);
        }
    }

    private void watch(AdResponse response) {
        var random = new SplittableRandom(plan.seed() ^ response.getRequestId().hashCode());
        for (Ad ad : response.getSlots().stream()
                .flatMap(slot -> slot.getAds().stream())
                .toList()) {
            int fate = random.nextInt(100);
            if (fate < 80) {
                shown(ad, random.nextLong(20, 1_500), random);
                Stream.generate(() -> random.nextLong(20, 6_000))
                        .limit(plan.has(Fault.DUPLICATES) && fate < 10 ? 1 + fate % 2 : 0)
                        .forEach(millis -> shown(ad, millis, random));
            } else if (fate < 85 && !nobodyAsks) {
                shown(ad, ChaosCatalog.RESERVATION_MILLIS + random.nextLong(2_000, 5_000), random);
            }
        }
    }

    private void shown(Ad ad, long afterMillis, SplittableRandom random) {
        long at = System.nanoTime() + Duration.ofMillis(afterMillis).toNanos();
        boolean wrong = plan.has(Fault.CLOCK) && random.nextInt(100) < 20;
        long off = wrong ? random.nextLong(-7_200_000, 7_200_000) : 0;
        due.add(new Due(at, ad, clock.millis() + afterMillis + off));
    }

    private void tell() {
        while (!due.isEmpty() && due.peek().at() <= System.nanoTime()) {
            Due next = due.remove();
            String token = next.ad().getToken();
            players.tell(
                    AdEvent.newBuilder()
                            .setToken(token)
                            .setKind(AdEventKind.IMPRESSION)
                            .setEventTime(next.eventTime())
                            .build(),
                    partitionOf(token));
        }
        waiting = due.size();
    }

    private static int partitionOf(String token) {
        return Short.toUnsignedInt(
                ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)).getShort(PARTITION_AT));
    }

    /** The load has ended: what would be shown too late is not waited for any more. */
    void nobodyAsksAnyMore() {
        nobodyAsks = true;
    }

    /** Nothing waits to be told of. */
    boolean isQuiet() {
        return waiting == 0;
    }

    void end() {
        ended = true;
    }
}
