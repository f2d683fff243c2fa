package millrace.upstream.openrtb.json;

/** JSON between systems is UTF-8 without a byte order mark (RFC 8259, 8.1). A parser would guess, and take more than the rules allow. */
final class Encoding {
    private Encoding() {}

    /** Empty if there is nothing wrong. JSON begins with one ASCII character at least, so that a zero byte tells UTF-16 and UTF-32. */
    static String faultOf(byte[] bytes) {
        if (bytes.length == 0) {
            return "is empty";
        }
        int first = bytes[0] & 0xFF;
        int second = bytes.length == 1 ? ' ' : bytes[1] & 0xFF;
        if ((first == 0xEF && second == 0xBB)
                || (first == 0xFE && second == 0xFF)
                || (first == 0xFF && second == 0xFE)) {
            return "begins with a byte order mark";
        }
        return first == 0 || second == 0 ? "is not UTF-8" : "";
    }
}
