package millrace.connect.row;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.ConfigException;

/**
 * What stands for a user key outside of the topics: the first 128 bits of its HMAC-SHA256 under a secret, in hexadecimal. The same user
 * has the same pseudonym wherever the secret is the same; without the secret nobody can try out names. For one thread.
 */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_SECRET = 16;
    private static final int BYTES = 16;

    private final Mac mac;

    /** @throws ConfigException when the secret can be guessed; it is not shown */
    public Pseudonyms(String setting, String secret) {
        if (secret.length() < LEAST_SECRET) {
            throw new ConfigException(
                    setting + " has " + secret.length() + " characters; at least " + LEAST_SECRET + " are needed");
        }
        Key key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Of nobody, nothing. */
    public String of(String userKey) {
        return userKey.isEmpty()
                ? ""
                : HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(userKey.getBytes(StandardCharsets.UTF_8)), BYTES));
    }
}
