package millrace.selection;

/** A number as good as drawn by lot, that comes out the same on every replay. */
final class Draw {
    private Draw() {}

    static long of(String requestId, String slotId, String campaignId) {
        return mixed(mixed(mixed(hash(requestId)) ^ hash(slotId)) ^ hash(campaignId));
    }

    /** FNV-1a over chars. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The finalizer of SplitMix64: every bit of the input touches every bit of the output. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
