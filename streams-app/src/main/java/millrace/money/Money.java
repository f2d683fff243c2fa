package millrace.money;

/**
 * An amount of one currency, which the owner of the amount names. Arithmetic is exact; overflow is an error, never a wrap.
 *
 * @param nanos billionths of the currency unit; may be negative in a difference
 */
public record Money(long nanos) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);

    /** @throws ArithmeticException when the sum does not fit a long (9.2 billion currency units) */
    public Money plus(Money other) {
        return new Money(Math.addExact(nanos, other.nanos));
    }

    /** @throws ArithmeticException when the difference does not fit a long */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(nanos, other.nanos));
    }

    public boolean atLeast(Money other) {
        return nanos >= other.nanos;
    }

    public boolean isPositive() {
        return nanos > 0;
    }

    public Money min(Money other) {
        return nanos <= other.nanos ? this : other;
    }

    public Money max(Money other) {
        return nanos >= other.nanos ? this : other;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nanos, other.nanos);
    }
}
