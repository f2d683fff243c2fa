package millrace.catalog;

import java.util.function.Function;
import java.util.function.Predicate;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.wire.MalformedRecordException;
import millrace.wire.RegistryException;
import millrace.wire.WireReader;
import org.apache.avro.generic.IndexedRecord;

/**
 * Reads a catalog record from the wire format and checks it. While the registry is away it waits: a good record is never refused for
 * that. For the one thread of the global stores, which has nothing else to do.
 *
 * @param again told why the registry has not answered; waits a while, and says whether to ask once more
 */
record PatientReader<R extends IndexedRecord, T>(
        WireReader<R> wire, Function<R, Checked<T>> rules, Predicate<String> again)
        implements Function<byte[], Checked<T>> {

    @Override
    public Checked<T> apply(byte[] bytes) {
        while (true) {
            try {
                return rules.apply(wire.readOrWait(bytes));
            } catch (MalformedRecordException e) {
                return new Checked.Invalid<>(new Fault("value", "cannot be read: " + e.getMessage()));
            } catch (RegistryException.Unavailable | RegistryException.Refused e) {
                if (!again.test(String.valueOf(e.getMessage()))) {
                    throw new IllegalStateException("stopped while waiting for the schema registry", e);
                }
            }
        }
    }
}
