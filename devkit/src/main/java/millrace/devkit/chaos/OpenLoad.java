package millrace.devkit.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests at their due times, come what may: arrivals of strangers at a steady rate, until it is ended. With {@link Fault#DUPLICATES}
 * some come again later.
 */
final class OpenLoad {
    private static final long SECOND = 1_000_000_000;
    private static final int AGAIN_PERCENT = 3;
    private static final Duration AGAIN_WITHIN = Duration.ofSeconds(15);

    private record Again(long due, Requests.Drawn drawn) {}

    private final ChaosPlan plan;
    private final Requests requests;
    private final Players players;
    private final SplittableRandom random;
    private final PriorityQueue<Again> again = new PriorityQueue<>(Comparator.comparingLong(Again::due));
    private final AtomicInteger burst = new AtomicInteger();
    private final long began;
    private volatile boolean ended;
    private int repeated;

    OpenLoad(ChaosPlan plan, Requests requests, Players players, long began) {
        this.plan = plan;
        this.requests = requests;
        this.players = players;
        this.random = new SplittableRandom(plan.seed() + 1);
        this.began = began;
    }

    /** Returns once it is ended. */
    void run() {
        long due = 0;
        while (!ended) {
            due += (long) (-Math.log(1 - random.nextDouble()) * SECOND / plan.rate());
            Players.parkUntil(began + due);
            ask(due);
            for (int i = burst.getAndSet(0); i > 0 && !ended; i--) {
                ask(System.nanoTime() - began);
            }
            while (!again.isEmpty() && again.peek().due() <= due) {
                players.askAgain(again.remove().drawn());
                repeated++;
            }
        }
    }

    private void ask(long due) {
        Requests.Drawn drawn = requests.next();
        players.ask(drawn, due);
        if (plan.has(Fault.DUPLICATES) && random.nextInt(100) < AGAIN_PERCENT) {
            again.add(new Again(due + random.nextLong(AGAIN_WITHIN.toNanos()), drawn));
        }
    }

    /** So many more, at once. */
    void burst(int count) {
        burst.addAndGet(count);
    }

    void end() {
        ended = true;
    }

    /** How many requests were sent again; once the load has ended. */
    int repeated() {
        return repeated;
    }
}
