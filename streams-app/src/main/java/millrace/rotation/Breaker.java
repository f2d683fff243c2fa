package millrace.rotation;

import java.util.function.Consumer;
import millrace.catalog.BreakerTerms;

/**
 * Leaves an upstream alone that fails. One for each upstream and process, so that its trial is one and what one partition has learnt the others need not learn
 * again. Safe for any thread: looking takes no lock, and what a call changes is changed under one that is held for some additions.
 */
final class Breaker {
    /** Of a call that was not admitted. */
    static final long REFUSED = -1;

    private final BreakerTerms terms;
    private final Consumer<BreakerState> onChange;
    private volatile BreakerState state;

    /** @param onChange is told what it has become */
    Breaker(BreakerTerms terms, long now, Consumer<BreakerState> onChange) {
        this.terms = terms;
        this.onChange = onChange;
        this.state = new BreakerState.Closed(0, new CallWindow(terms.window(), now));
    }

    boolean admits(long now) {
        return state.admits(now);
    }

    BreakerState state() {
        return state;
    }

    /** For who asks whatever the state is: what the outcome is told with while it is closed; at other times the outcome is not wanted. */
    long look() {
        BreakerState seen = state;
        return seen instanceof BreakerState.Closed ? seen.number() : REFUSED;
    }

    /** @return what the outcome is told with, or {@link #REFUSED} */
    long enter(long now) {
        BreakerState seen = state;
        if (seen instanceof BreakerState.Closed) {
            return seen.number();
        }
        synchronized (this) {
            if (!state.admits(now)) {
                return REFUSED;
            }
            become(state.entered(now));
            return state.number();
        }
    }

    /** The call failed. */
    void failed(long pass, long now) {
        ended(pass, true, now);
    }

    /** The call had a proper answer. */
    void answered(long pass, long tookNanos, long now) {
        ended(pass, terms.slow().isPresent() && tookNanos > terms.slow().get().toNanos(), now);
    }

    private synchronized void ended(long pass, boolean isBad, long now) {
        if (pass == state.number()) {
            become(state.ended(isBad, terms, now));
        }
    }

    /** The outcome of the call says nothing. */
    synchronized void ignored(long pass, long now) {
        if (pass == state.number()) {
            become(state.ignored(now));
        }
    }

    private void become(BreakerState next) {
        if (!next.equals(state)) {
            state = next;
            onChange.accept(next);
        }
    }
}
