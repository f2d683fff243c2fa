package millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import millrace.sample.Parcel;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaJsonTest {

    @Test
    void generatedClassAndItsFileHaveTheSameText() throws IOException {
        Schema file =
                new Schema.Parser().parse(Path.of("src/test/avro/Parcel.avsc").toFile());

        assertThat(SchemaJson.plain(Parcel.getClassSchema())).isEqualTo(file.toString());
    }

    @Test
    void textThatIsNoSchemaIsRefused() {
        assertThatThrownBy(() -> SchemaJson.parse("{\"type\":\"recor\"}")).isInstanceOf(IllegalArgumentException.class);
    }
}
