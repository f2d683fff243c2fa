package millrace.caps;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bounds an id that others chose to {@value #MAX_BYTES} bytes of UTF-8. A longer one, or one that UTF-8 cannot write, is
 * counted under its SHA-256: refusing it would let an upstream escape its caps by long creative ids.
 */
final class BoundedId {
    static final int MAX_BYTES = 256;

    private BoundedId() {}

    static String of(String id) {
        return fits(id) ? id : "sha256:" + HexFormat.of().formatHex(sha256(id));
    }

    /** 64 bits of an id, where its text would take too much room for ever. */
    static long hash(String id) {
        return ByteBuffer.wrap(sha256(id)).getLong();
    }

    private static boolean fits(String id) {
        int bytes = 0;
        for (int i = 0; i < id.length() && bytes <= MAX_BYTES; i++) {
            char c = id.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == id.length() || !Character.isSurrogatePair(c, id.charAt(i + 1))) {
                    return false;
                }
                i++;
                bytes += 4;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes <= MAX_BYTES;
    }

    /** Over the chars themselves: an encoder would make all lone surrogates the same. */
    private static byte[] sha256(String id) {
        ByteBuffer chars = ByteBuffer.allocate(id.length() * Character.BYTES);
        chars.asCharBuffer().put(id);
        try {
            return MessageDigest.getInstance("SHA-256").digest(chars.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
