package millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import millrace.check.Checked;
import millrace.schemas.Campaign;
import millrace.wire.InMemorySchemaRegistry;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientReaderTest {
    private final InMemorySchemaRegistry registry = InMemorySchemaRegistry.named("patient");
    private final Wire wire = Wire.open(RegistrySettings.of("mock://patient"));
    private final CatalogReader rules = new CatalogReader(Duration.ofDays(31), Duration.ofMillis(250));

    @AfterEach
    void resume() {
        registry.resume();
    }

    @Test
    void recordInTheWireFormatIsReadAndChecked() {
        assertThat(reader(again -> false).apply(campaign())).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void bytesThatAreNoRecordAreRefused() {
        assertThat(reader(again -> false).apply(new byte[] {1, 2, 3})).isInstanceOf(Checked.Invalid.class);
    }

    @Test
    void registryThatIsAwayIsWaitedForAndTheRecordTaken() {
        byte[] bytes = campaign();
        AtomicInteger asked = new AtomicInteger();
        var reader = reader(why -> {
            if (asked.incrementAndGet() == 3) {
                registry.resume();
            }
            return true;
        });
        registry.pause();

        assertThat(reader.apply(bytes)).isInstanceOf(Checked.Valid.class);
        assertThat(asked).hasValue(3);
    }

    @Test
    void processThatStopsWaitsNoLonger() {
        byte[] bytes = campaign();
        var reader = reader(why -> false);
        registry.pause();

        assertThatIllegalStateException().isThrownBy(() -> reader.apply(bytes)).withMessageContaining("stopped");
    }

    private java.util.function.Function<byte[], Checked<millrace.catalog.Campaign>> reader(
            java.util.function.Predicate<String> again) {
        return CatalogTopics.Readers.over(wire, rules, again).campaigns();
    }

    private byte[] campaign() {
        wire.register(Map.of("campaigns", Campaign.getClassSchema()), RegistrationPolicy.DEFAULT, line -> {});
        return wire.writer("campaigns", Campaign.class).write(CatalogReaderTest.campaign(from -> {}));
    }
}
