package millrace.upstream.openrtb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import millrace.check.Fault;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Attribute;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.json.Reading;
import millrace.upstream.openrtb.json.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes in comes out: every attribute, every extension, everything that the specification does not have. */
class RoundTripTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final OpenRtb OPEN_RTB = new OpenRtb(new Limits(1 << 24, 64, 100), Strictness.TOLERANT);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyRequestComesBackWhole(long seed) throws IOException {
        comesBackWhole(OPEN_RTB.requests(), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyResponseComesBackWhole(long seed) throws IOException {
        comesBackWhole(OPEN_RTB.responses(), seed);
    }

    @Test
    void everyAttributeAtOnceComesBack() throws IOException {
        ObjectNode full = new RandomMessage(RandomGenerator.of("L64X128MixRandom"), 0)
                .object(OPEN_RTB.requests().shape());

        assertThat(written(OPEN_RTB.requests(), full.toString())).isEqualTo(JSON.readTree(full.toString()));
        assertThat(full.toString()).contains("\"multiplier\"", "\"companionad\"", "\"genres\"");
    }

    @Test
    void numbersKeepTheirDigits() {
        String text =
                "{\"id\":\"a\",\"seatbid\":[{\"bid\":[{\"id\":\"1\",\"impid\":\"1\",\"price\":0.1000000000000000055}]}]}";

        assertThat(new String(OPEN_RTB.responses().write(read(OPEN_RTB.responses(), text)), UTF_8))
                .isEqualTo(text);
    }

    @Test
    void unknownPartsComeBackToTheLetter() {
        String text =
                "{\"id\":\"a\",\"ext\":{ \"n\" : 1.50, \"n\":2 },\"later\":[ 1e400, \"é\\u00e9\", null ],\"x\":\"y\",\"z\":-0.0}";

        assertThat(new String(OPEN_RTB.responses().write(read(OPEN_RTB.responses(), text)), UTF_8))
                .isEqualTo(text);
    }

    private <R extends Record> void comesBackWhole(OpenRtb.Message<R> message, long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        JsonNode any = new RandomMessage(random, 70).object(message.shape());

        assertThat(written(message, any.toPrettyString())).isEqualTo(JSON.readTree(any.toString()));
    }

    private <R extends Record> JsonNode written(OpenRtb.Message<R> message, String text) throws IOException {
        return JSON.readTree(message.write(read(message, text)));
    }

    private static <R extends Record> R read(OpenRtb.Message<R> message, String text) {
        return switch (message.read(text.getBytes(UTF_8))) {
            case Reading.Document<R>(R value, List<Fault> faults) when faults.isEmpty() -> value;
            case Reading<R> other -> throw new AssertionError(other);
        };
    }

    /** Writes messages by the shapes, not by the records: an attribute that a record forgets or mixes up with another does not come back. */
    private record RandomMessage(RandomGenerator random, int absentPercent) {
        ObjectNode object(Shape<?> shape) {
            ObjectNode object = JSON.createObjectNode();
            for (Attribute attribute : shape.attributes()) {
                if (random.nextInt(100) >= absentPercent) {
                    object.set(attribute.name(), value(attribute));
                }
            }
            if (random.nextInt(4) == 0) {
                object.putObject("new" + random.nextInt(9))
                        .put("a", 1)
                        .putArray("b")
                        .add("}\"{")
                        .add(1.5);
                object.put("flag", random.nextBoolean());
            }
            return object;
        }

        private JsonNode value(Attribute attribute) {
            ArrayNode array = JSON.createArrayNode();
            return switch (attribute.type()) {
                case TEXT -> JSON.getNodeFactory().textNode(text());
                case INTEGER -> JSON.getNodeFactory().numberNode(random.nextInt(-5, 100_000));
                case DECIMAL ->
                    JSON.getNodeFactory()
                            .numberNode(
                                    java.math.BigDecimal.valueOf(random.nextLong(10_000_000L), random.nextInt(1, 8)));
                case OPEN -> JSON.createObjectNode().put("k", text()).put("n", random.nextInt());
                case OBJECT -> object(attribute.ofObjects());
                case TEXTS -> array.add(text()).add(text());
                case INTEGERS -> array.add(random.nextInt(50)).add(random.nextInt(50));
                case OBJECTS -> array.add(object(attribute.ofObjects())).add(object(attribute.ofObjects()));
            };
        }

        private String text() {
            return new String[] {"plain", "", "with \"quotes\" and \\", "café 日本 😀", "<VAST>\n</VAST>"}
                    [random.nextInt(5)];
        }
    }
}
