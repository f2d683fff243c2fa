package millrace.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** How many documents one request may still ask for, whatever slots and upstreams they are of. Safe for any thread. */
public final class Fanout {
    private final int most;
    private final AtomicInteger left;

    /** @param most documents of the whole request */
    public Fanout(int most) {
        this.most = most;
        this.left = new AtomicInteger(most);
    }

    /** How many were taken so far. */
    public int taken() {
        return most - left.get();
    }

    /** Takes one; false when none is left. */
    public boolean take() {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
}
