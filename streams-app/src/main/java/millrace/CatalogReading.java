package millrace;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import millrace.catalog.CatalogReader;
import millrace.catalog.CatalogTopics;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.schemas.Campaign;
import millrace.schemas.Placement;
import millrace.schemas.Upstream;
import millrace.wire.MalformedRecordException;
import millrace.wire.RegistryException;
import millrace.wire.Wire;
import millrace.wire.WireReader;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads catalog records from bytes. Runs on the thread of the global stores, which may wait: while the registry is away it does, and the
 * catalog stays as it is.
 */
final class CatalogReading {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogReading.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Wire wire;
    private final CatalogReader rules;

    CatalogReading(Wire wire, CatalogReader rules) {
        this.wire = wire;
        this.rules = rules;
    }

    CatalogTopics.Readers readers() {
        return new CatalogTopics.Readers(
                reader(Campaign.class, rules::campaign),
                reader(Upstream.class, rules::upstream),
                reader(Placement.class, rules::placement));
    }

    private <V extends SpecificRecord, T> Function<byte[], Checked<T>> reader(
            Class<V> type, Function<V, Checked<T>> check) {
        WireReader<V> reader = wire.reader(type);
        return bytes -> read(reader, check, bytes);
    }

    private static <V extends SpecificRecord, T> Checked<T> read(
            WireReader<V> reader, Function<V, Checked<T>> check, byte[] bytes) {
        while (true) {
            try {
                return check.apply(reader.readOrWait(bytes));
            } catch (MalformedRecordException e) {
                return new Checked.Invalid<>(List.of(new Fault("value", String.valueOf(e.getMessage()))));
            } catch (RegistryException e) {
                LOG.warn("the catalog waits for the schema registry: {}", e.getMessage());
                rest();
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the schema registry", e);
        }
    }
}
