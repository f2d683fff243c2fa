package millrace.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import millrace.money.BudgetDay;
import millrace.money.Cpm;
import millrace.money.Money;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link Reservation} in its store: version, state, flags, four longs and the budget day, then texts with their lengths. */
final class ReservationSerde {
    private static final int VERSION = 3;
    /** Before bids; rows of it live as long as their ads. */
    private static final int BEFORE_BIDS = 2;

    private static final int HOUSE = 1;
    private static final int TEST = 2;
    private static final int ABSENT = -1;

    private ReservationSerde() {}

    static Serde<Reservation> serde() {
        return Serdes.serdeFrom((topic, reservation) -> write(reservation), (topic, bytes) -> read(bytes));
    }

    private static byte @Nullable [] write(@Nullable Reservation reservation) {
        if (reservation == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(reservation, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(Reservation reservation, DataOutputStream out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(code(reservation.state()));
        out.writeByte((reservation.house() ? HOUSE : 0) | (reservation.test() ? TEST : 0));
        out.writeLong(reservation.cost().nanos());
        out.writeLong(reservation.price().micros());
        out.writeLong(reservation.servedAt().toEpochMilli());
        out.writeLong(reservation.expiresAt().toEpochMilli());
        out.writeInt(reservation.budgetDay().number());
        text(out, reservation.currency());
        text(out, reservation.userKey());
        text(out, reservation.sessionId());
        text(out, reservation.requestId());
        text(out, reservation.slot());
        text(out, reservation.placement());
        optional(out, reservation.campaign());
        text(out, reservation.creative());
        optional(out, reservation.advertiser());
        optional(out, reservation.upstream());
        optional(out, reservation.bid().map(SoldBid::campaign));
        optional(out, reservation.bid().flatMap(SoldBid::billing));
    }

    private static @Nullable Reservation read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION && version != BEFORE_BIDS) {
                throw new SerializationException(
                        "reservation is of version " + version + "; allowed are " + BEFORE_BIDS + " and " + VERSION);
            }
            return read(in, version);
        } catch (EOFException cut) {
            throw new SerializationException("reservation of " + bytes.length + " bytes is cut off", cut);
        } catch (IOException | IllegalArgumentException | DateTimeException damaged) {
            throw new SerializationException("reservation is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Reservation read(DataInputStream in, int version) throws IOException {
        ReservationState state = state(in.readByte());
        int flags = in.readByte();
        Money cost = new Money(in.readLong());
        Cpm price = new Cpm(in.readLong());
        Instant servedAt = Instant.ofEpochMilli(in.readLong());
        Instant expiresAt = Instant.ofEpochMilli(in.readLong());
        BudgetDay budgetDay = new BudgetDay(in.readInt());
        String currency = text(in);
        return new Reservation(
                state,
                text(in),
                text(in),
                text(in),
                text(in),
                text(in),
                optional(in),
                text(in),
                optional(in),
                optional(in),
                cost,
                budgetDay,
                price,
                currency,
                servedAt,
                expiresAt,
                (flags & HOUSE) != 0,
                (flags & TEST) != 0,
                version == BEFORE_BIDS ? Optional.empty() : bid(in));
    }

    private static Optional<SoldBid> bid(DataInputStream in) throws IOException {
        Optional<String> campaign = optional(in);
        Optional<String> billing = optional(in);
        return campaign.map(key -> new SoldBid(key, billing));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void optional(DataOutputStream out, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            text(out, text.get());
        } else {
            out.writeInt(ABSENT);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return optional(in).orElseThrow(() -> new IllegalArgumentException("a text is missing"));
    }

    private static Optional<String> optional(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == ABSENT) {
            return Optional.empty();
        }
        // available() of bytes in memory is what is left: a damaged length allocates nothing.
        if (length < 0 || length > in.available()) {
            throw new EOFException("a text says " + length + " bytes of " + in.available());
        }
        return Optional.of(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Fixed here, so that the enumeration may be reordered. */
    private static int code(ReservationState state) {
        return switch (state) {
            case RESERVED -> 0;
            case EXPIRING -> 1;
            case SPENT -> 2;
            case EXPIRED -> 3;
            case LATE -> 4;
        };
    }

    private static ReservationState state(byte code) {
        return switch (code) {
            case 0 -> ReservationState.RESERVED;
            case 1 -> ReservationState.EXPIRING;
            case 2 -> ReservationState.SPENT;
            case 3 -> ReservationState.EXPIRED;
            case 4 -> ReservationState.LATE;
            default -> throw new IllegalArgumentException("state is " + code + "; allowed is 0 to 4");
        };
    }
}
