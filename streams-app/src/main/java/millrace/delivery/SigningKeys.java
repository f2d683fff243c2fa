package millrace.delivery;

import java.util.Map;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets that tokens are signed with. The current one signs, every one verifies: to rotate, add a key, make it the
 * current one, and drop the old one when its last token has expired.
 */
public final class SigningKeys {
    static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_ID = 0xFF;
    private static final int LEAST_BYTES = 16;

    private final Map<Integer, SecretKeySpec> keys = new TreeMap<>();
    private final int current;

    /**
     * @param secrets by key id, 0 to 255, each of 16 bytes or more
     * @param current id of the one that signs
     */
    public SigningKeys(Map<Integer, byte[]> secrets, int current) {
        secrets.forEach((id, secret) -> keys.put(checked(id), checked(id, secret)));
        if (!keys.containsKey(current)) {
            throw new IllegalArgumentException(
                    "current signing key is " + current + "; allowed is one of " + keys.keySet());
        }
        this.current = current;
    }

    int current() {
        return current;
    }

    Map<Integer, SecretKeySpec> all() {
        return Map.copyOf(keys);
    }

    private static int checked(int id) {
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("signing key id is " + id + "; allowed is 0 to " + MAX_ID);
        }
        return id;
    }

    private static SecretKeySpec checked(int id, byte[] secret) {
        if (secret.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "signing key " + id + " has " + secret.length + " bytes; allowed is " + LEAST_BYTES + " or more");
        }
        return new SecretKeySpec(secret, ALGORITHM);
    }

    /** Ids only: secrets never print. */
    @Override
    public String toString() {
        return "SigningKeys[ids=" + keys.keySet() + ", current=" + current + "]";
    }
}
