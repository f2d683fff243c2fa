package millrace.session;

import java.time.Instant;
import java.util.HexFormat;

/**
 * 64 bits that depend on everything that was put in, the same on every replay: what a random number would be for
 * elsewhere. Not a secret.
 */
public record Fingerprint(long bits) {
    public static final Fingerprint EMPTY = new Fingerprint(0x9E3779B97F4A7C15L);

    public Fingerprint with(long value) {
        return new Fingerprint(mixed(bits ^ mixed(value + 0x9E3779B97F4A7C15L)));
    }

    public Fingerprint with(Instant time) {
        return with(time.toEpochMilli());
    }

    public Fingerprint with(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return with(hash);
    }

    /** 16 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().toHexDigits(bits);
    }

    /** Eight decimal digits. */
    public String digits() {
        String number = Long.toString(Math.floorMod(bits, 100_000_000L));
        return "0".repeat(8 - number.length()) + number;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input touches every bit of the output. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
