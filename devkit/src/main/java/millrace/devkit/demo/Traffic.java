package millrace.devkit.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import millrace.devkit.stack.Received;
import millrace.devkit.stack.Stack;
import millrace.devkit.stack.TopicReader;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.SlotAnswer;

/**
 * What players do: ask at a steady rate, and tell of most ads that they were shown. One thread asks, another follows the answers.
 */
public final class Traffic implements AutoCloseable {
    /** Of a hundred ads so many are seen; the others are closed, skipped or lost, and their money comes back. */
    private static final int SHOWN_PERCENT = 90;

    /** Players wait for their ad; so many at once are enough for a demonstration. */
    private static final int MOST_WAITING = 16;

    private static final long WAIT_NANOS = 1_000_000;
    private static final int ROUND = 8;
    private static final int MOST_ROUNDS = 40;
    private static final Duration QUICK = Duration.ofMillis(150);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Stack stack;
    private final Audience audience;
    private final InstantSource clock;
    private final TopicReader<AdResponse> answers;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private volatile boolean ended;
    private int shown;

    private record Asked(String viewer, Instant at) {}

    public Traffic(Stack stack, Audience audience, InstantSource clock) {
        this.stack = stack;
        this.audience = audience;
        this.clock = clock;
        this.answers = stack.read(stack.topics().adResponses());
    }

    /**
     * Gets the pipeline warm, since its first decisions load classes and open connections. Asks for test ads, which count in no cap and
     * cost nothing, until they come quickly or it has been tried often enough.
     */
    public void warmUp(Audience others) {
        Duration slowest = QUICK;
        for (int round = 0; round < MOST_ROUNDS && slowest.compareTo(QUICK) >= 0; round++) {
            Instant begin = clock.instant();
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < ROUND; i++) {
                AdRequest request =
                        AdRequest.newBuilder(others.next()).setTest(true).build();
                ids.add(request.getId());
                var _ = stack.producer().start(request);
            }
            answers.awaitCount(
                    PATIENCE, ROUND, received -> ids.contains(received.value().getRequestId()));
            slowest = Duration.between(begin, clock.instant());
        }
    }

    /** Asks {@code requests} times, evenly spread over time, or until {@link #end}. */
    public void ask(int requests, Duration between) {
        long due = System.nanoTime();
        for (int i = 0; i < requests && !ended; i++) {
            LockSupport.parkNanos(due - System.nanoTime());
            while (asked.size() >= MOST_WAITING && !ended) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
            AdRequest request = audience.next();
            asked.put(request.getId(), new Asked(request.getUser().getId(), clock.instant()));
            var _ = stack.producer().start(request);
            due += between.toNanos();
        }
    }

    /**
     * Follows what was answered since the last time: tells of shown ads, and each decision to {@code seen}, as its line for people.
     *
     * @return how many there were
     */
    public int follow(Duration patience, BiConsumer<Answered, String> seen) {
        int count = 0;
        for (Received<AdResponse> received : answers.take(patience)) {
            AdResponse answer = received.value();
            Asked question = asked.remove(answer.getRequestId());
            if (question != null) {
                count++;
                answer.getSlots().forEach(this::show);
                Duration took = Duration.between(question.at(), clock.instant());
                seen.accept(new Answered(answer, took), DecisionLine.of(answer, question.viewer(), took));
            }
        }
        return count;
    }

    /** Nobody asks any more. */
    public void end() {
        ended = true;
    }

    @Override
    public void close() {
        end();
        answers.close();
    }

    /** @param took from the request to its answer */
    public record Answered(AdResponse answer, Duration took) {}

    /** How many ads were told to be shown. */
    int shown() {
        return shown;
    }

    private void show(SlotAnswer slot) {
        for (Ad ad : slot.getAds()) {
            if (Math.floorMod(ad.getToken().hashCode(), 100) < SHOWN_PERCENT) {
                stack.producer().shown(ad.getToken());
                shown++;
            }
        }
    }
}
