package millrace.devkit.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
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
public final class Traffic {
    /** Of a hundred ads so many are seen; the others are closed, skipped or lost, and their money comes back. */
    private static final int SHOWN_PERCENT = 90;

    private final Stack stack;
    private final Audience audience;
    private final InstantSource clock;
    private final TopicReader<AdResponse> answers;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private volatile boolean ended;
    private int followed;
    private int shown;

    private record Asked(String viewer, Instant at) {}

    public Traffic(Stack stack, Audience audience, InstantSource clock) {
        this.stack = stack;
        this.audience = audience;
        this.clock = clock;
        this.answers = stack.read(stack.topics().adResponses());
    }

    /** Asks {@code requests} times, evenly spread over time, or until {@link #end}. */
    public void ask(int requests, Duration between) {
        long due = System.nanoTime();
        for (int i = 0; i < requests && !ended; i++) {
            LockSupport.parkNanos(due - System.nanoTime());
            AdRequest request = audience.next();
            asked.put(request.getId(), new Asked(request.getUser().getId(), clock.instant()));
            var _ = stack.producer().start(request);
            due += between.toNanos();
        }
    }

    /**
     * Follows what was answered since the last time: tells of shown ads, and each decision to {@code seen}, as its line for people.
     *
     * @return answers followed so far, in all
     */
    public int follow(Duration patience, BiConsumer<Answered, String> seen) {
        for (Received<AdResponse> received : answers.after(followed, patience)) {
            followed++;
            AdResponse answer = received.value();
            Asked question = asked.remove(answer.getRequestId());
            if (question != null) {
                answer.getSlots().forEach(this::show);
                Duration took = Duration.between(question.at(), clock.instant());
                seen.accept(new Answered(answer, took), DecisionLine.of(answer, question.viewer(), took));
            }
        }
        return followed;
    }

    /** Nobody asks any more. */
    public void end() {
        ended = true;
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
