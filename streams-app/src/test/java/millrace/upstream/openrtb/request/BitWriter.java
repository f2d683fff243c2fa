package millrace.upstream.openrtb.request;

import java.util.List;

/** Writes consent strings as IAB has them: bits, six a character; ids of sections as Fibonacci numbers. */
final class BitWriter {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final StringBuilder bits = new StringBuilder();

    BitWriter number(int value, int width) {
        for (int bit = width - 1; bit >= 0; bit--) {
            bits.append(value >> bit & 1);
        }
        return this;
    }

    BitWriter numbers(int width, int... values) {
        for (int value : values) {
            number(value, width);
        }
        return this;
    }

    /** Zeros up to here. */
    BitWriter to(int bit) {
        bits.repeat('0', bit - bits.length());
        return this;
    }

    /** Sums of Fibonacci numbers from the smallest on, ended by a one behind a one. */
    private BitWriter fibonacci(int value) {
        int[] numbers = {1, 2, 3, 5, 8, 13, 21, 34, 55};
        char[] found = "0".repeat(numbers.length).toCharArray();
        int left = value;
        int last = 0;
        for (int i = numbers.length - 1; i >= 0; i--) {
            if (left >= numbers[i]) {
                left -= numbers[i];
                found[i] = '1';
                last = Math.max(last, i);
            }
        }
        bits.append(found, 0, last + 1).append('1');
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        String padded = bits + "0".repeat((6 - bits.length() % 6) % 6);
        for (int i = 0; i < padded.length(); i += 6) {
            text.append(ALPHABET.charAt(Integer.parseInt(padded.substring(i, i + 6), 2)));
        }
        return text.toString();
    }

    /** A string of these sections, each an id of its own. */
    static String gpp(List<Integer> ids, String... sections) {
        BitWriter header = new BitWriter().number(3, 6).number(1, 6).number(ids.size(), 12);
        int before = 0;
        for (int id : ids) {
            header.number(0, 1).fibonacci(id - before);
            before = id;
        }
        return header + "~" + String.join("~", sections);
    }

    /** The same where they are one run of ids. */
    static String gppOfRun(int first, int last, String... sections) {
        return new BitWriter()
                        .number(3, 6)
                        .number(1, 6)
                        .number(1, 12)
                        .number(1, 1)
                        .fibonacci(first)
                        .fibonacci(last - first)
                + "~" + String.join("~", sections);
    }

    /** A core segment of TCF 2. */
    static BitWriter tcf(boolean places, boolean storage) {
        return new BitWriter()
                .number(2, 6)
                .to(140)
                .number(places ? 1 : 0, 1)
                .to(152)
                .number(storage ? 1 : 0, 1)
                .to(213);
    }
}
