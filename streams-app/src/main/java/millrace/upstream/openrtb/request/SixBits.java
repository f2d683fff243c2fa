package millrace.upstream.openrtb.request;

/**
 * Bits written as base64url, six a character, as IAB's consent strings have them. Read where they stand: nothing is copied.
 *
 * @param from first character
 * @param to behind the last one
 */
record SixBits(String text, int from, int to) {
    /** What a number is that cannot be read: it lies beyond the end, or in characters that are none of the alphabet. */
    static final int UNREADABLE = -1;

    private static final int BITS = 6;

    static SixBits of(String text) {
        return new SixBits(text, 0, text.length());
    }

    /** As far as the first of these characters. */
    SixBits until(char end) {
        int at = text.indexOf(end, from);
        return at < 0 || at > to ? this : new SixBits(text, from, at);
    }

    /** What follows the first of these characters; nothing where there is none. */
    SixBits after(char end) {
        int at = text.indexOf(end, from);
        return new SixBits(text, at < 0 || at >= to ? to : at + 1, to);
    }

    boolean isEmpty() {
        return from >= to;
    }

    /** @return an unsigned number of up to 30 bits, or {@link #UNREADABLE} */
    int number(int bit, int bits) {
        int value = 0;
        for (int i = bit; i < bit + bits; i++) {
            int at = from + i / BITS;
            int six = at < to ? six(text.charAt(at)) : UNREADABLE;
            if (six < 0) {
                return UNREADABLE;
            }
            value = value << 1 | (six >> (BITS - 1 - i % BITS) & 1);
        }
        return value;
    }

    boolean isSet(int bit) {
        return number(bit, 1) == 1;
    }

    private static int six(char letter) {
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A';
        }
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a' + 26;
        }
        if (letter >= '0' && letter <= '9') {
            return letter - '0' + 52;
        }
        return switch (letter) {
            case '-' -> 62;
            case '_' -> 63;
            default -> UNREADABLE;
        };
    }
}
