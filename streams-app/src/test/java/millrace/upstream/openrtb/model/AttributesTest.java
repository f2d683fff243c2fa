package millrace.upstream.openrtb.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import millrace.upstream.openrtb.Shapes;
import millrace.upstream.openrtb.json.Attribute;
import millrace.upstream.openrtb.json.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model has every attribute of the specification, with its type. Our table: object, attribute, type, whether it is required. */
class AttributesTest {
    private static final Map<String, Shape<?>> SHAPES = new LinkedHashMap<>();

    record Row(String object, String attribute, String type, String requirement) {
        static Row of(String line) {
            String[] cells = line.split("\t", -1);
            return new Row(cells[0], cells[1], cells[2], cells[3]);
        }
    }

    @BeforeAll
    static void shapes() {
        Shapes.of(Shape.of(BidRequest.class), Shape.of(BidResponse.class))
                .forEach(shape -> SHAPES.put(shape.name(), shape));
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream table =
                Objects.requireNonNull(AttributesTest.class.getResourceAsStream("/openrtb/attributes.tsv"))) {
            return new String(table.readAllBytes(), UTF_8).lines().map(Row::of);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void attributeIsThereWithItsType(Row row) {
        Attribute attribute = Objects.requireNonNull(SHAPES.get(row.object()))
                .attribute(row.attribute())
                .orElseThrow();

        assertThat(typeOf(attribute)).isEqualTo(row.type());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void attributeIsRequiredWhereTheSpecificationSaysSo(Row row) {
        // A response that bids nothing needs no id: see the check of relations.
        boolean required = row.requirement().equals("required")
                && !(row.object().equals("BidResponse") && row.attribute().equals("id"))
                && !(row.object().equals("Qty") && row.attribute().equals("vendor"));

        assertThat(Objects.requireNonNull(SHAPES.get(row.object()))
                        .attribute(row.attribute())
                        .orElseThrow()
                        .asked()
                        .required())
                .isEqualTo(required);
    }

    @Test
    void modelHasNothingThatTheTableDoesNotHave() throws IOException {
        List<Row> rows = rows().toList();
        TreeSet<String> expected = new TreeSet<>();
        rows.forEach(row -> expected.add(row.object() + "." + row.attribute()));
        TreeSet<String> found = new TreeSet<>();
        SHAPES.values()
                .forEach(shape ->
                        shape.attributes().forEach(attribute -> found.add(shape.name() + "." + attribute.name())));

        assertThat(found).isEqualTo(expected).hasSize(417);
        assertThat(SHAPES).hasSize(38);
    }

    private static String typeOf(Attribute attribute) {
        return switch (attribute.type()) {
            case OBJECT -> attribute.ofObjects().name();
            case OBJECTS -> attribute.ofObjects().name() + "[]";
            case TEXT, INTEGER, DECIMAL, OPEN, TEXTS, INTEGERS ->
                attribute.type().word();
        };
    }
}
