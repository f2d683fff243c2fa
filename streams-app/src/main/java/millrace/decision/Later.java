package millrace.decision;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What the stream thread does when its time has come: next steps of slots. Forgotten with the life of the decision node, whose journal knows the slots. */
final class Later {
    private record Due(Instant at, long number, Runnable step) {}

    private final PriorityQueue<Due> steps =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    private long number;

    void at(Instant time, Runnable step) {
        steps.add(new Due(time, number++, step));
    }

    void runDue(Instant now) {
        for (Due due = steps.peek(); due != null && !due.at().isAfter(now); due = steps.peek()) {
            steps.remove();
            due.step().run();
        }
    }
}
