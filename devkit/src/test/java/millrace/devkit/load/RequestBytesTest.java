package millrace.devkit.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import millrace.schemas.AdRequest;
import millrace.wire.InMemorySchemaRegistry;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import millrace.wire.WireLimits;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBytesTest {

    private static final String TOPIC = "ad-requests";

    private final Wire wire = new Wire(InMemorySchemaRegistry.named("request-bytes"), WireLimits.DEFAULT);
    private final RequestIds ids = new RequestIds(0xcafe);

    @BeforeEach
    void register() {
        wire.register(Map.of(TOPIC, AdRequest.getClassSchema()), RegistrationPolicy.DEFAULT, line -> {});
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 42})
    void aCopyDecodesToTheRequestItIsFor(long seed) throws Exception {
        RequestTemplate template = template();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            int request = random.nextInt(Integer.MAX_VALUE);
            int user = random.nextInt(LoadPlan.MOST_USERS + 1);
            long eventTime = random.nextLong(1L << 40, 1L << 41);

            AdRequest decoded = wire.reader(AdRequest.class).readOrWait(template.request(request, user, eventTime));

            assertThat(decoded.getId()).isEqualTo(ids.of(request));
            assertThat(decoded.getUser().getId()).isEqualTo(new String(RequestTemplate.userKey(user), UTF_8));
            assertThat(decoded.getEventTime()).isEqualTo(eventTime);
            assertThat(decoded.getPlacement()).isEqualTo("preroll");
        }
    }

    @Test
    void aTimeThatTheTemplateCannotHoldIsRefused() {
        RequestTemplate template = template();

        assertThatThrownBy(() -> template.request(1, 1, 1L << 41)).hasMessageContaining("2004 to 2039");
        assertThatThrownBy(() -> template.request(1, 1, 0)).hasMessageContaining("event time is 0 ms");
    }

    @Test
    void bytesThatHideTheIdAreNoTemplate() {
        assertThatThrownBy(() -> new RequestTemplate("preroll", ids, request -> new byte[100]))
                .hasMessageContaining("is not in its bytes");
        assertThatThrownBy(
                        () -> new RequestTemplate(ids.of(0x5eed1234), ids, wire.writer(TOPIC, AdRequest.class)::write))
                .hasMessageContaining("occurs twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 1_000_000, Integer.MAX_VALUE})
    void anIdGivesItsNumberBack(int request) {
        assertThat(ids.request(new Utf8(ids.of(request)))).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000cafe-0000001", "0000cafe-000000010", "0000beef-00000001", "0000cafe-0000000x"})
    void anIdOfSomebodyElseIsNone(String id) {
        assertThat(ids.request(new Utf8(id))).isNegative();
    }

    private RequestTemplate template() {
        return new RequestTemplate("preroll", ids, wire.writer(TOPIC, AdRequest.class)::write);
    }
}
