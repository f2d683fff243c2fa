package millrace.config;

import java.util.Base64;

/**
 * A key that signs impression tokens.
 *
 * @param id 0 to 255, as it stands in a token; never given to another key while tokens live
 */
public record SigningKey(int id, Secret base64) {
    /** As long as the HMAC-SHA-256 it is used for. */
    public static final int MIN_BYTES = 32;

    public static final int MAX_ID = 255;

    public SigningKey {
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("key id is " + id + "; allowed is 0 to " + MAX_ID);
        }
        int length = decoded(base64).length;
        if (length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "key " + id + " has " + length + " bytes; at least " + MIN_BYTES + " are needed");
        }
    }

    /** @throws IllegalArgumentException when the text is not {@code id:base64}; the message does not show it */
    static SigningKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("a key is not of the form id:base64");
        }
        return new SigningKey(id(text.substring(0, colon)), new Secret(text.substring(colon + 1)));
    }

    /** The key itself. */
    public byte[] bytes() {
        return decoded(base64);
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a key's id is not a number from 0 to " + MAX_ID, e);
        }
    }

    private static byte[] decoded(Secret base64) {
        try {
            return Base64.getDecoder().decode(base64.reveal().strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a key is not base64", e);
        }
    }
}
