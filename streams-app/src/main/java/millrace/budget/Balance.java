package millrace.budget;

/** Where the money of a campaign, or of one of its days, is: {@code out = spent + reserved + held}. In nanos. */
record Balance(long outNanos, long spentNanos, long reservedNanos) {
    static final Balance ZERO = new Balance(0, 0, 0);

    /** @throws ArithmeticException when a sum does not fit a long */
    Balance plus(Share share) {
        return new Balance(
                Math.addExact(outNanos, share.outNanos()),
                Math.addExact(spentNanos, share.spentNanos()),
                Math.addExact(reservedNanos, share.reservedNanos()));
    }

    Balance plusSettled(long spent) {
        return new Balance(Math.addExact(outNanos, spent), Math.addExact(spentNanos, spent), reservedNanos);
    }

    /** Lying in leases, or on the way there. */
    long heldNanos() {
        return outNanos - spentNanos - reservedNanos;
    }
}
