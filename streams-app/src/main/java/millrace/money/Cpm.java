package millrace.money;

/**
 * A price per thousand impressions.
 *
 * @param micros millionths of the currency unit, 0 or more: a CPM of 2.50 is 2,500,000
 */
public record Cpm(long micros) implements Comparable<Cpm> {
    public static final Cpm FREE = new Cpm(0);

    public Cpm {
        if (micros < 0) {
            throw new IllegalArgumentException("cpm is " + micros + " micros; it must be 0 or more");
        }
    }

    /** What one impression costs: the thousandth part, exactly, because a nano is a thousandth of a micro. */
    public Money perImpression() {
        return new Money(micros);
    }

    @Override
    public int compareTo(Cpm other) {
        return Long.compare(micros, other.micros);
    }
}
