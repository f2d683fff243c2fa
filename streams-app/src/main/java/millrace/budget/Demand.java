package millrace.budget;

/**
 * What the ads of one campaign cost in the last second or so: the fuller of the running second and the one before. Kept
 * in memory only; after a restart it is learnt again, and until then a lease asks for less.
 */
final class Demand {
    private long second = Long.MIN_VALUE;
    private long current;
    private long previous;

    void add(long nanos, long nowMillis) {
        turnTo(Math.floorDiv(nowMillis, 1_000L));
        current = saturatedSum(current, nanos);
    }

    long perSecondNanos(long nowMillis) {
        turnTo(Math.floorDiv(nowMillis, 1_000L));
        return Math.max(current, previous);
    }

    private void turnTo(long now) {
        if (now > second) {
            previous = now == second + 1 ? current : 0;
            current = 0;
            second = now;
        }
    }

    /** Of two amounts of 0 or more; an estimate need not fail on overflow. */
    static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    static long saturatedShare(long perSecond, long millis) {
        return perSecond > Long.MAX_VALUE / millis ? Long.MAX_VALUE : perSecond * millis / 1_000L;
    }
}
