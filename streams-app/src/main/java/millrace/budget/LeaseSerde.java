package millrace.budget;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import millrace.schemas.GrantVerdict;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link Lease} in its store: version, currency, nine longs, verdict, flag; of fixed length. */
final class LeaseSerde {
    private static final byte VERSION = 2;
    private static final int CURRENCY_BYTES = 3;
    private static final int LENGTH = 1 + CURRENCY_BYTES + 9 * Long.BYTES + 2;

    private LeaseSerde() {}

    static Serde<Lease> serde() {
        return Serdes.serdeFrom((topic, lease) -> write(lease), (topic, bytes) -> read(bytes));
    }

    private static byte @Nullable [] write(@Nullable Lease lease) {
        if (lease == null) {
            return null;
        }
        return ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .put(lease.currency().getBytes(StandardCharsets.US_ASCII))
                .putLong(lease.grantedNanos())
                .putLong(lease.spentNanos())
                .putLong(lease.returnedNanos())
                .putLong(lease.reservedNanos())
                .putLong(lease.expiredNanos())
                .putLong(lease.said().sequence())
                .putLong(lease.said().wantedNanos())
                .putLong(lease.said().neededNanos())
                .putLong(lease.heard().sequence())
                .put(VerdictCode.of(lease.heard().verdict()))
                .put((byte) (lease.unreported() ? 1 : 0))
                .array();
    }

    private static @Nullable Lease read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            throw new SerializationException(
                    "lease of " + bytes.length + " bytes; version " + VERSION + " has " + LENGTH);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        byte[] currency = new byte[CURRENCY_BYTES];
        in.get(currency);
        long granted = in.getLong();
        long spent = in.getLong();
        long returned = in.getLong();
        long reserved = in.getLong();
        long expired = in.getLong();
        Lease.Said said = new Lease.Said(in.getLong(), in.getLong(), in.getLong());
        long heard = in.getLong();
        GrantVerdict verdict = VerdictCode.verdict(in.get());
        try {
            return new Lease(
                    new String(currency, StandardCharsets.US_ASCII),
                    granted,
                    spent,
                    returned,
                    reserved,
                    expired,
                    said,
                    new Lease.Heard(heard, verdict),
                    in.get() != 0);
        } catch (IllegalArgumentException damaged) {
            throw new SerializationException("lease is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
