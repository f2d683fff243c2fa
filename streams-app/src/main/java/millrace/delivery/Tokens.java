package millrace.delivery;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads the tokens of served ads. One instance a thread: it reuses its MACs.
 *
 * <pre>
 *   byte     0        1        2         4             12         20            36
 *            version  key id   partition reservation   expiry     HMAC-SHA256
 *            1 byte   1 byte   2 bytes   8 bytes       8 bytes    first 16 bytes of 32
 * </pre>
 *
 * as base64url, which is 48 characters exactly: one token has one spelling. A token comes back from the open internet,
 * so that reading takes any string, never throws, and looks at no more than its length before that is right.
 */
public final class Tokens {
    private static final byte VERSION = 1;
    private static final int BODY = 20;
    private static final int BYTES = 36;
    private static final int PARTITION_AT = 2;
    private static final int EXPIRY_AT = PARTITION_AT + Short.BYTES + Long.BYTES;
    private static final int CHARACTERS = 48;

    private final Map<Integer, Mac> macs = new HashMap<>();
    private final int current;
    private final Mac signing;

    public Tokens(SigningKeys keys) {
        keys.all().forEach((id, key) -> macs.put(id, mac(key)));
        this.current = keys.current();
        this.signing = Objects.requireNonNull(macs.get(current));
    }

    public String sign(Token token) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .put((byte) current)
                .putShort((short) token.partition())
                .putLong(token.reservation())
                .putLong(token.expiresAt().toEpochMilli());
        bytes.put(signature(bytes.array(), signing));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    public TokenVerdict verify(String text) {
        if (text.length() != CHARACTERS) {
            return new TokenVerdict.Forged(TokenVerdict.Flaw.LENGTH);
        }
        byte[] bytes = decoded(text);
        if (bytes.length != BYTES) {
            return new TokenVerdict.Forged(TokenVerdict.Flaw.ALPHABET);
        }
        if (bytes[0] != VERSION) {
            return new TokenVerdict.Forged(TokenVerdict.Flaw.VERSION);
        }
        Mac mac = macs.get(Byte.toUnsignedInt(bytes[1]));
        if (mac == null) {
            return new TokenVerdict.Forged(TokenVerdict.Flaw.KEY);
        }
        if (!MessageDigest.isEqual(signature(bytes, mac), Arrays.copyOfRange(bytes, BODY, BYTES))) {
            return new TokenVerdict.Forged(TokenVerdict.Flaw.SIGNATURE);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** The partition that a token names, for addressing its event; nothing is verified. Empty when it is no token. */
    public static OptionalInt partitionOf(String text) {
        byte[] bytes = text.length() == CHARACTERS ? decoded(text) : new byte[0];
        return bytes.length == BYTES && bytes[0] == VERSION
                ? OptionalInt.of(Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(PARTITION_AT)))
                : OptionalInt.empty();
    }

    /** When a token says that its reservation ends; nothing is verified. Empty when it is no token. */
    public static Optional<Instant> expiryOf(String text) {
        byte[] bytes = text.length() == CHARACTERS ? decoded(text) : new byte[0];
        return bytes.length == BYTES && bytes[0] == VERSION
                ? Optional.of(Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong(EXPIRY_AT)))
                : Optional.empty();
    }

    private static TokenVerdict read(ByteBuffer bytes) {
        int partition = Short.toUnsignedInt(bytes.getShort(PARTITION_AT));
        long reservation = bytes.getLong(PARTITION_AT + Short.BYTES);
        long expiry = bytes.getLong(EXPIRY_AT);
        // Only a key that signs for others too could have made it.
        return expiry < 0
                ? new TokenVerdict.Forged(TokenVerdict.Flaw.EXPIRY)
                : new TokenVerdict.Genuine(new Token(partition, reservation, Instant.ofEpochMilli(expiry)));
    }

    /** Empty when it is not base64url. */
    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static byte[] signature(byte[] token, Mac mac) {
        mac.update(token, 0, BODY);
        return Arrays.copyOf(mac.doFinal(), BYTES - BODY);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(SigningKeys.ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + SigningKeys.ALGORITHM, missing);
        }
    }
}
