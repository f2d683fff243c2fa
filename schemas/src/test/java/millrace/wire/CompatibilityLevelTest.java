package millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityLevelTest {

    private static final Schema ONE =
            SchemaBuilder.record("R").fields().requiredLong("a").endRecord();
    private static final Schema WITH_DEFAULT = SchemaBuilder.record("R")
            .fields()
            .requiredLong("a")
            .optionalLong("b")
            .endRecord();
    private static final Schema WITHOUT_DEFAULT = SchemaBuilder.record("R")
            .fields()
            .requiredLong("a")
            .requiredLong("b")
            .endRecord();
    private static final Schema NONE_LEFT =
            SchemaBuilder.record("R").fields().optionalLong("b").endRecord();

    @ParameterizedTest(name = "{0}: adding with default {1}, adding without {2}, removing {3}")
    @CsvSource({
        "NONE,                true, true,  true",
        "BACKWARD,            true, false, true",
        "BACKWARD_TRANSITIVE, true, false, true",
        "FORWARD,             true, true,  false",
        "FORWARD_TRANSITIVE,  true, true,  false",
        "FULL,                true, false, false",
        "FULL_TRANSITIVE,     true, false, false"
    })
    void levelTakesTheChangesThatItsNamePromises(
            CompatibilityLevel level, boolean addingWithDefault, boolean addingWithout, boolean removing) {
        assertThat(level.differences(WITH_DEFAULT, List.of(ONE)).isEmpty()).isEqualTo(addingWithDefault);
        assertThat(level.differences(WITHOUT_DEFAULT, List.of(ONE)).isEmpty()).isEqualTo(addingWithout);
        assertThat(level.differences(NONE_LEFT, List.of(ONE)).isEmpty()).isEqualTo(removing);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"BACKWARD, true", "BACKWARD_TRANSITIVE, false"})
    void onlyTransitiveLevelsLookBeyondTheLatest(CompatibilityLevel level, boolean taken) {
        List<Schema> versions = List.of(ONE, WITHOUT_DEFAULT);

        assertThat(level.differences(WITHOUT_DEFAULT, versions).isEmpty()).isEqualTo(taken);
    }
}
