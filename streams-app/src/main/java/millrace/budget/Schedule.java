package millrace.budget;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import millrace.money.Money;

/**
 * Even pacing: an amount falls due evenly from one moment to another, rounded down, but one impression ahead, so that the
 * first need not wait and the last is due before the end.
 */
record Schedule(Money amount, Money unit, Instant from, Instant to) {

    /** What may be out by now. */
    Money due(Instant now) {
        if (now.isBefore(from)) {
            return Money.ZERO;
        }
        if (!now.isBefore(to)) {
            return amount;
        }
        long exact = BigInteger.valueOf(amount.nanos())
                .multiply(BigInteger.valueOf(now.toEpochMilli() - from.toEpochMilli()))
                .divide(BigInteger.valueOf(lengthMillis()))
                .longValueExact();
        return new Money(exact > amount.nanos() - unit.nanos() ? amount.nanos() : exact + unit.nanos());
    }

    /** How long an amount takes to fall due at so many percent of the even rate, in microseconds rounded up. */
    long micros(Money part, int percent) {
        if (!amount.isPositive()) {
            return Duration.between(from, to).toMillis() * 1_000L;
        }
        BigInteger rate = BigInteger.valueOf(amount.nanos()).multiply(BigInteger.valueOf(percent));
        BigInteger[] quotient = BigInteger.valueOf(part.nanos())
                .multiply(BigInteger.valueOf(lengthMillis()))
                .multiply(BigInteger.valueOf(100_000L))
                .divideAndRemainder(rate);
        return quotient[0]
                .add(quotient[1].signum() > 0 ? BigInteger.ONE : BigInteger.ZERO)
                .min(LONGEST)
                .longValueExact();
    }

    /** What falls due in so many microseconds at so many percent of the even rate, rounded down. */
    Money within(long micros, int percent) {
        return new Money(BigInteger.valueOf(amount.nanos())
                .multiply(BigInteger.valueOf(percent))
                .multiply(BigInteger.valueOf(micros))
                .divide(BigInteger.valueOf(lengthMillis()).multiply(BigInteger.valueOf(100_000L)))
                .min(BigInteger.valueOf(amount.nanos()))
                .longValueExact());
    }

    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE / 4);

    /** A day that a flight only touches may be empty. */
    private long lengthMillis() {
        return Math.max(1, to.toEpochMilli() - from.toEpochMilli());
    }
}
