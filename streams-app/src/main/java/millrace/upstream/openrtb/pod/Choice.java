package millrace.upstream.openrtb.pod;

/** One ad that a pod may hold. */
public final class Choice {
    private final int part;
    private final long value;
    private final int seconds;
    private final Wish wish;
    private final int[] traits;

    /**
     * @param part of the pod that it is for
     * @param value what it brings, 0 or more
     * @param seconds of the part's time
     * @param traits what no two ads of a pod may share, as numbers from 0 on, each once
     */
    public Choice(int part, long value, int seconds, Wish wish, int... traits) {
        if (value < 0 || seconds < 0) {
            throw new IllegalArgumentException(
                    "choice has value " + value + " and " + seconds + " seconds; both must be 0 or more");
        }
        this.part = part;
        this.value = value;
        this.seconds = seconds;
        this.wish = wish;
        this.traits = traits.clone();
    }

    int part() {
        return part;
    }

    long value() {
        return value;
    }

    int seconds() {
        return seconds;
    }

    Wish wish() {
        return wish;
    }

    /** Not a copy: for those in this package, who only read it. */
    int[] traits() {
        return traits;
    }
}
