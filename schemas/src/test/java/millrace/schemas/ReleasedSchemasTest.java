package millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import millrace.topics.Topic;
import millrace.topics.Topics;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written with a released schema can be read with today's, for ever: the registry's BACKWARD. */
class ReleasedSchemasTest {

    static Stream<Topic<?>> topics() {
        return Topics.plain().all().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void recordsOfTheFirstReleaseCanBeReadWithTodaysSchema(Topic<?> topic) throws IOException {
        Schema today = SpecificData.get().getSchema(topic.value());

        Schema released = released("0.1", today.getName());

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(today, released)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyFieldSaysWhatItIs(Topic<?> topic) {
        Schema schema = SpecificData.get().getSchema(topic.value());

        assertThat(schema.getFields())
                .allSatisfy(field -> assertThat(field.doc())
                        .as(schema.getName() + "." + field.name())
                        .isNotBlank());
    }

    private static Schema released(String version, String name) throws IOException {
        String path = "/released/" + version + "/" + name + ".avsc";
        try (InputStream file = ReleasedSchemasTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return new Schema.Parser().parse(file);
        }
    }
}
