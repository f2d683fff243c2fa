package millrace.budget;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import millrace.money.Money;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link LedgerEntry} in its store: version, currency, funds, then each share with its partition. */
final class LedgerEntrySerde {
    private static final byte VERSION = 1;
    private static final int CURRENCY_BYTES = 3;
    private static final int FUNDS_BYTES = 1 + CURRENCY_BYTES + 2 * Long.BYTES;
    private static final int SHARE_BYTES = Integer.BYTES + 8 * Long.BYTES + 1;
    private static final byte CLOSED = 0;
    private static final byte LIMITED = 1;
    private static final byte UNLIMITED = 2;

    private LedgerEntrySerde() {}

    static Serde<LedgerEntry> serde() {
        return Serdes.serdeFrom((topic, entry) -> write(entry), (topic, bytes) -> read(bytes));
    }

    private static byte @Nullable [] write(@Nullable LedgerEntry entry) {
        if (entry == null) {
            return null;
        }
        ByteBuffer out = ByteBuffer.allocate(1
                + CURRENCY_BYTES
                + FUNDS_BYTES
                + Integer.BYTES
                + entry.shares().size() * SHARE_BYTES);
        out.put(VERSION);
        putCurrency(out, entry.currency());
        putFunds(out, entry.funds());
        out.putInt(entry.shares().size());
        entry.shares().forEach((partition, share) -> putShare(out.putInt(partition), share));
        return out.array();
    }

    private static void putFunds(ByteBuffer out, Funds funds) {
        switch (funds) {
            case Funds.Closed closed -> putFunds(out, CLOSED, "   ", Money.ZERO, Money.ZERO);
            case Funds.Limited limited -> putFunds(out, LIMITED, limited.currency(), limited.limit(), limited.price());
            case Funds.Unlimited unlimited ->
                putFunds(out, UNLIMITED, unlimited.currency(), Money.ZERO, unlimited.price());
        }
    }

    private static void putFunds(ByteBuffer out, byte kind, String currency, Money limit, Money price) {
        out.put(kind);
        putCurrency(out, currency);
        out.putLong(limit.nanos()).putLong(price.nanos());
    }

    private static void putShare(ByteBuffer out, Share share) {
        out.putLong(share.grantedNanos())
                .putLong(share.wantedNanos())
                .putLong(share.neededNanos())
                .putLong(share.spentNanos())
                .putLong(share.returnedNanos())
                .putLong(share.reservedNanos())
                .putLong(share.heard())
                .putLong(share.told())
                .put(VerdictCode.of(share.verdict()));
    }

    private static @Nullable LedgerEntry read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new SerializationException("ledger entry of " + bytes.length + " bytes is not of version " + VERSION);
        }
        try {
            return read(ByteBuffer.wrap(bytes, 1, bytes.length - 1));
        } catch (BufferUnderflowException cut) {
            throw new SerializationException("ledger entry of " + bytes.length + " bytes is cut off", cut);
        }
    }

    private static LedgerEntry read(ByteBuffer in) {
        String currency = currency(in);
        Funds funds = funds(in);
        int count = in.getInt();
        if (count < 0 || (long) count * SHARE_BYTES != in.remaining()) {
            throw new SerializationException("ledger entry says " + count + " shares in " + in.remaining() + " bytes");
        }
        SortedMap<Integer, Share> shares = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            shares.put(in.getInt(), share(in));
        }
        return new LedgerEntry(currency, funds, shares);
    }

    private static Funds funds(ByteBuffer in) {
        byte kind = in.get();
        String currency = currency(in);
        Money limit = new Money(in.getLong());
        Money price = new Money(in.getLong());
        return switch (kind) {
            case CLOSED -> new Funds.Closed();
            case LIMITED -> new Funds.Limited(currency, limit, price);
            case UNLIMITED -> new Funds.Unlimited(currency, price);
            default -> throw new SerializationException("kind of funds is " + kind + "; allowed is 0 to 2");
        };
    }

    private static Share share(ByteBuffer in) {
        return new Share(
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                VerdictCode.verdict(in.get()));
    }

    private static void putCurrency(ByteBuffer out, String currency) {
        out.put(currency.getBytes(StandardCharsets.US_ASCII), 0, CURRENCY_BYTES);
    }

    private static String currency(ByteBuffer in) {
        byte[] currency = new byte[CURRENCY_BYTES];
        in.get(currency);
        return new String(currency, StandardCharsets.US_ASCII);
    }
}
