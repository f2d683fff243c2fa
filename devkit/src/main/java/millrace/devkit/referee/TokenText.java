package millrace.devkit.referee;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;

/** What can be read from a token without its key: the reservation's id is in its bytes 4 to 11. */
public final class TokenText {
    private static final int RESERVATION_AT = 4;

    private TokenText() {}

    /** As {@code served-ads} writes it. */
    public static String reservation(String token) {
        long id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)).getLong(RESERVATION_AT);
        return HexFormat.of().toHexDigits(id);
    }
}
