package millrace.upstream.vast.xml;

/**
 * What one document may cost. The depth, attributes and texts of an Ad that is over a limit lose that Ad only; elsewhere they
 * lose the document.
 *
 * @param maxBytes largest document, 1 KiB to 64 MiB
 * @param maxDepth deepest nesting of elements, 8 to 1000
 * @param maxAttributes most attributes of one element, 8 to 1000
 * @param maxText longest text of one element that is read, in characters, 1024 to 1048576
 * @param maxAds ads read of one document, 1 to 1000; further ones are left out
 */
public record DocumentLimits(int maxBytes, int maxDepth, int maxAttributes, int maxText, int maxAds) {
    public DocumentLimits {
        within("maxBytes", maxBytes, 1024, 64 << 20);
        within("maxDepth", maxDepth, 8, 1000);
        within("maxAttributes", maxAttributes, 8, 1000);
        within("maxText", maxText, 1024, 1 << 20);
        within("maxAds", maxAds, 1, 1000);
    }

    /** What a deployment has that sets nothing. */
    public static DocumentLimits defaults() {
        return new DocumentLimits(512 * 1024, 64, 64, 65_536, 50);
    }

    /** These for documents of another size. */
    public DocumentLimits withBytes(int most) {
        return new DocumentLimits(most, maxDepth, maxAttributes, maxText, maxAds);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("vast " + name + " is " + value + "; " + least + " to " + most);
        }
    }
}
