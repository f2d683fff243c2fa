package millrace.upstream.openrtb.json;

/**
 * What a document may cost before it is understood.
 *
 * @param bytes the most bytes of a document
 * @param depth the most objects and arrays within each other
 * @param faults the most faults that are listed; one more says that there are others
 */
public record Limits(int bytes, int depth, int faults) {
    public static final Limits USUAL = new Limits(1 << 20, 64, 1000);

    public Limits {
        if (bytes < 1 || depth < 1 || faults < 1) {
            throw new IllegalArgumentException("limits are " + bytes + " bytes, depth " + depth + ", " + faults
                    + " faults; each must be 1 or more");
        }
    }
}
