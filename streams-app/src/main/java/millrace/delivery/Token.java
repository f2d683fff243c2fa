package millrace.delivery;

import java.time.Instant;
import java.util.HexFormat;

/**
 * What the token of a served ad says.
 *
 * @param partition where the reservation is, 0 to 65,535
 * @param reservation random id of the reservation, any 64 bits
 * @param expiresAt end of the reservation, to the millisecond
 */
public record Token(int partition, long reservation, Instant expiresAt) {
    public static final int MAX_PARTITION = 0xFFFF;

    public Token {
        if (partition < 0 || partition > MAX_PARTITION) {
            throw new IllegalArgumentException("partition is " + partition + "; allowed is 0 to " + MAX_PARTITION);
        }
        if (expiresAt.toEpochMilli() < 0) {
            throw new IllegalArgumentException("expiry is " + expiresAt + "; it must not be before 1970");
        }
    }

    /** The reservation id as the records carry it: 16 hexadecimal digits. */
    public String id() {
        return HexFormat.of().toHexDigits(reservation);
    }
}
