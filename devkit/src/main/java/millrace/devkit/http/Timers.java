package millrace.devkit.http;

import java.time.Duration;
import java.util.PriorityQueue;

/** What is due when, on one thread. What is due at the same moment runs in the order in which it was asked for. */
final class Timers {

    private record Due(long atNanos, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    // nanoTime may be anywhere in the range of a long: only differences can be compared.
    private final long origin;
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long asked;

    Timers(long originNanos) {
        this.origin = originNanos;
    }

    void in(Duration delay, long nowNanos, Runnable action) {
        queue.add(new Due(nowNanos - origin + delay.toNanos(), asked++, action));
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whole milliseconds until the next is due, rounded up; 0 if it is due now. Only if there is one. */
    long millisToNext(long nowNanos) {
        long nanos = queue.element().atNanos() - (nowNanos - origin);
        return nanos <= 0 ? 0 : (nanos + 999_999) / 1_000_000;
    }

    /** Runs what was due at that moment; what it asks for in turn waits for the next call. */
    void run(long nowNanos) {
        long until = nowNanos - origin;
        long before = asked;
        for (Due next = queue.peek();
                next != null && next.atNanos() <= until && next.order() < before;
                next = queue.peek()) {
            queue.remove();
            next.action().run();
        }
    }
}
