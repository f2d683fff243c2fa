package millrace.rotation;

import millrace.catalog.BreakerTerms;

/**
 * Whether an upstream may be asked. Each state has a number; the outcome of a call counts in the state that admitted it and in no later one.
 *
 * <pre>
 *            too many bad calls in the window
 *   Closed ──────────────────────────────────► Open ◄────────────┐
 *      ▲                                         │ its time is over, and a request comes
 *      │        the trial went well              ▼               │
 *      └───────────────────────────────────── HalfOpen ──────────┘ the trial went badly
 *                                              │    ▲
 *                                              └────┘ the trial was ended by us, or never came back: the next request is the trial
 * </pre>
 *
 * <p>The trial is a request that somebody waits for. Nobody is ever asked for an ad only to see whether they answer.
 */
sealed interface BreakerState {
    long number();

    /** Whether a request may be sent. */
    boolean admits(long now);

    /** What it is once a request that it admitted is sent. */
    BreakerState entered(long now);

    /** What it is after a call that it admitted went well or badly. */
    BreakerState ended(boolean isBad, BreakerTerms terms, long now);

    /** What it is after a call that it admitted and whose outcome says nothing. */
    default BreakerState ignored(long now) {
        return this;
    }

    /** Everybody is let through. The window in it is the breaker's, changed under its lock. */
    record Closed(long number, CallWindow window) implements BreakerState {
        @Override
        public boolean admits(long now) {
            return true;
        }

        @Override
        public BreakerState entered(long now) {
            return this;
        }

        @Override
        public BreakerState ended(boolean isBad, BreakerTerms terms, long now) {
            window.add(isBad, now);
            boolean isTooMuch = isBad
                    && window.calls() >= terms.leastCalls()
                    && window.bad() * 100 >= window.calls() * terms.failurePercent();
            return isTooMuch ? new Open(number + 1, now + terms.open().toNanos()) : this;
        }
    }

    /** Nobody is let through until {@code until}, then one is. */
    record Open(long number, long until) implements BreakerState {
        @Override
        public boolean admits(long now) {
            return now - until >= 0;
        }

        @Override
        public BreakerState entered(long now) {
            return new HalfOpen(number + 1, now);
        }

        @Override
        public BreakerState ended(boolean isBad, BreakerTerms terms, long now) {
            return this;
        }
    }

    /** One request is out, the trial; nobody else is let through. */
    record HalfOpen(long number, long since) implements BreakerState {
        /** After that long the trial went with the life of its decision, and another may be made. Longer than any call. */
        private static final long LOST = 60_000_000_000L;

        @Override
        public boolean admits(long now) {
            return now - since >= LOST;
        }

        @Override
        public BreakerState entered(long now) {
            return new HalfOpen(number + 1, now);
        }

        @Override
        public BreakerState ended(boolean isBad, BreakerTerms terms, long now) {
            return isBad
                    ? new Open(number + 1, now + terms.open().toNanos())
                    : new Closed(number + 1, new CallWindow(terms.window(), now));
        }

        @Override
        public BreakerState ignored(long now) {
            return new Open(number + 1, now);
        }
    }
}
