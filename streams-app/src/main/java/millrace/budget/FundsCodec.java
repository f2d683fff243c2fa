package millrace.budget;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import millrace.catalog.Budget;
import millrace.money.Money;
import millrace.schemas.Pacing;
import org.apache.kafka.common.errors.SerializationException;

/** Bytes of {@link Funds} within a ledger entry. Codes are fixed here, so that the enumerations may be reordered. */
final class FundsCodec {
    private static final byte UNKNOWN = 0;
    private static final byte PAUSED = 1;
    private static final byte NOT_IN_FLIGHT = 2;
    private static final byte OPEN = 3;
    private static final long ABSENT = Long.MIN_VALUE;

    private FundsCodec() {}

    static void write(DataOutputStream out, Funds funds) throws IOException {
        switch (funds) {
            case Funds.Closed closed -> out.writeByte(code(closed.why()));
            case Funds.Open open -> {
                out.writeByte(OPEN);
                LedgerEntrySerde.putCurrency(out, open.currency());
                out.writeLong(open.price().nanos());
                optional(out, open.budget().total().map(Money::nanos));
                optional(out, open.budget().daily().map(Money::nanos));
                out.writeUTF(open.budget().zone().getId());
                out.writeByte(code(open.budget().pacing()));
                optional(out, open.flightStart().map(Instant::toEpochMilli));
                optional(out, open.flightEnd().map(Instant::toEpochMilli));
            }
        }
    }

    static Funds read(DataInputStream in) throws IOException {
        byte code = in.readByte();
        return switch (code) {
            case UNKNOWN -> new Funds.Closed(Funds.Why.UNKNOWN);
            case PAUSED -> new Funds.Closed(Funds.Why.PAUSED);
            case NOT_IN_FLIGHT -> new Funds.Closed(Funds.Why.NOT_IN_FLIGHT);
            case OPEN -> open(in);
            default -> throw new SerializationException("kind of funds is " + code + "; allowed is 0 to 3");
        };
    }

    private static Funds open(DataInputStream in) throws IOException {
        String currency = LedgerEntrySerde.currency(in);
        Money price = new Money(in.readLong());
        Optional<Money> total = optional(in).map(Money::new);
        Optional<Money> daily = optional(in).map(Money::new);
        ZoneId zone = ZoneId.of(in.readUTF());
        Pacing pacing = pacing(in.readByte());
        Optional<Instant> start = optional(in).map(Instant::ofEpochMilli);
        Optional<Instant> end = optional(in).map(Instant::ofEpochMilli);
        return new Funds.Open(currency, price, new Budget(total, daily, zone, pacing), start, end);
    }

    private static void optional(DataOutputStream out, Optional<Long> value) throws IOException {
        out.writeLong(value.orElse(ABSENT));
    }

    private static Optional<Long> optional(DataInputStream in) throws IOException {
        long value = in.readLong();
        return value == ABSENT ? Optional.empty() : Optional.of(value);
    }

    private static byte code(Funds.Why why) {
        return switch (why) {
            case UNKNOWN -> UNKNOWN;
            case PAUSED -> PAUSED;
            case NOT_IN_FLIGHT -> NOT_IN_FLIGHT;
        };
    }

    private static byte code(Pacing pacing) {
        return switch (pacing) {
            case ASAP -> 0;
            case EVEN_DAY -> 1;
            case EVEN_FLIGHT -> 2;
        };
    }

    private static Pacing pacing(byte code) {
        return switch (code) {
            case 0 -> Pacing.ASAP;
            case 1 -> Pacing.EVEN_DAY;
            case 2 -> Pacing.EVEN_FLIGHT;
            default -> throw new SerializationException("pacing code is " + code + "; allowed is 0 to 2");
        };
    }
}
