package millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import millrace.sample.Parcel;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SchemaRegistrationTest {

    private static final Schema NEEDS_MORE = SchemaBuilder.record("millrace.sample.Parcel")
            .fields()
            .requiredString("owner")
            .endRecord();

    private final InMemorySchemaRegistry registry =
            InMemorySchemaRegistry.named(UUID.randomUUID().toString());
    private final List<String> progress = new ArrayList<>();
    private long nanos;

    @Test
    void schemaIsRegisteredUnderTheTopicsValueSubject() {
        int id = registration(RegistrationPolicy.DEFAULT).register("parcels", Parcel.getClassSchema());

        assertThat(registry.latest("parcels-value").id()).isEqualTo(id);
    }

    @Test
    void restartRegistersNothing() {
        SchemaRegistration registration = registration(RegistrationPolicy.DEFAULT);
        int first = registration.register("parcels", Parcel.getClassSchema());

        assertThat(registration.register("parcels", Parcel.getClassSchema())).isEqualTo(first);
        assertThat(registry.latest("parcels-value").version()).isEqualTo(1);
    }

    @Test
    void incompatibleSchemaIsRefusedWithSubjectLevelAndReason() {
        SchemaRegistration registration = registration(RegistrationPolicy.DEFAULT);
        registration.register("parcels", Parcel.getClassSchema());

        assertThatThrownBy(() -> registration.register("parcels", NEEDS_MORE))
                .isInstanceOf(RegistryException.Incompatible.class)
                .hasMessageContainingAll(
                        "subject parcels-value",
                        "millrace.sample.Parcel",
                        "BACKWARD",
                        "READER_FIELD_MISSING_DEFAULT_VALUE",
                        "owner");
    }

    @Test
    void lookUpOnlyRefusesASchemaThatIsNotThere() {
        var lookUpOnly = new RegistrationPolicy(false, Duration.ofMinutes(1));

        assertThatThrownBy(() -> registration(lookUpOnly).register("parcels", Parcel.getClassSchema()))
                .isInstanceOf(RegistryException.Unknown.class)
                .hasMessageContaining("registering it is switched off");
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void registryThatComesUpLateIsWaitedForWithALineATry() {
        registry.pause();
        SchemaRegistration registration = new SchemaRegistration(
                registry,
                RegistrationPolicy.DEFAULT,
                line -> {
                    progress.add(line);
                    if (progress.size() == 3) {
                        registry.resume();
                    }
                },
                pause -> nanos += pause.toNanos(),
                () -> nanos);

        registration.register("parcels", Parcel.getClassSchema());

        assertThat(progress)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("waiting for schema registry mock://")
                        .contains("is paused")
                        .doesNotContain("\n"));
    }

    @Test
    void registryThatStaysAwayIsGivenUp() {
        registry.pause();

        assertThatThrownBy(() -> registration(RegistrationPolicy.DEFAULT).register("parcels", Parcel.getClassSchema()))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("given up after");
        assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    private SchemaRegistration registration(RegistrationPolicy policy) {
        return new SchemaRegistration(registry, policy, progress::add, pause -> nanos += pause.toNanos(), () -> nanos);
    }
}
