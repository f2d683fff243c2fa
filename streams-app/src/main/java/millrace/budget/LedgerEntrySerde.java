package millrace.budget;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.SortedMap;
import java.util.TreeMap;
import millrace.money.BudgetDay;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link LedgerEntry} in its store: version, currency, sums, funds, then each share with its holder. */
final class LedgerEntrySerde {
    private static final byte VERSION = 2;
    private static final int CURRENCY_BYTES = 3;
    private static final int SHARE_BYTES = 2 * Integer.BYTES + 9 * Long.BYTES + 1;

    private LedgerEntrySerde() {}

    static Serde<LedgerEntry> serde() {
        return Serdes.serdeFrom((topic, entry) -> write(entry), (topic, bytes) -> read(bytes));
    }

    private static byte @Nullable [] write(@Nullable LedgerEntry entry) {
        if (entry == null) {
            return null;
        }
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(256 + entry.shares().size() * SHARE_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            putCurrency(out, entry.currency());
            out.writeLong(entry.lines());
            out.writeInt(entry.pace().day().number());
            out.writeLong(entry.pace().fullAtMicros());
            out.writeInt(entry.closed().through().number());
            out.writeLong(entry.closed().spentNanos());
            FundsCodec.write(out, entry.funds());
            out.writeInt(entry.shares().size());
            for (var share : entry.shares().entrySet()) {
                putShare(out, share.getKey(), share.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static void putShare(DataOutputStream out, Holder holder, Share share) throws IOException {
        out.writeInt(holder.day().number());
        out.writeInt(holder.partition());
        out.writeLong(share.grantedNanos());
        out.writeLong(share.wantedNanos());
        out.writeLong(share.neededNanos());
        out.writeLong(share.spentNanos());
        out.writeLong(share.returnedNanos());
        out.writeLong(share.reservedNanos());
        out.writeLong(share.expiredNanos());
        out.writeLong(share.heard());
        out.writeLong(share.told());
        out.writeByte(VerdictCode.of(share.verdict()));
    }

    private static @Nullable LedgerEntry read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new SerializationException("ledger entry of " + bytes.length + " bytes is not of version " + VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
            return read(in);
        } catch (EOFException cut) {
            throw new SerializationException("ledger entry of " + bytes.length + " bytes is cut off", cut);
        } catch (IOException | DateTimeException | IllegalArgumentException damaged) {
            throw new SerializationException("ledger entry is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static LedgerEntry read(DataInputStream in) throws IOException {
        String currency = currency(in);
        long lines = in.readLong();
        Pace pace = new Pace(new BudgetDay(in.readInt()), in.readLong());
        LedgerEntry.ClosedDays closed = new LedgerEntry.ClosedDays(new BudgetDay(in.readInt()), in.readLong());
        Funds funds = FundsCodec.read(in);
        int count = in.readInt();
        // available() of bytes in memory is what is left.
        if (count < 0 || (long) count * SHARE_BYTES != in.available()) {
            throw new SerializationException("ledger entry says " + count + " shares in " + in.available() + " bytes");
        }
        SortedMap<Holder, Share> shares = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            shares.put(new Holder(new BudgetDay(in.readInt()), in.readInt()), share(in));
        }
        return new LedgerEntry(currency, funds, shares, lines, pace, closed);
    }

    private static Share share(DataInputStream in) throws IOException {
        return new Share(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                VerdictCode.verdict(in.readByte()));
    }

    static void putCurrency(DataOutputStream out, String currency) throws IOException {
        out.write(currency.getBytes(StandardCharsets.US_ASCII), 0, CURRENCY_BYTES);
    }

    static String currency(DataInputStream in) throws IOException {
        byte[] currency = new byte[CURRENCY_BYTES];
        in.readFully(currency);
        return new String(currency, StandardCharsets.US_ASCII);
    }
}
