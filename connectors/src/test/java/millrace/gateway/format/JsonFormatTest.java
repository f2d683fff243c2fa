package millrace.gateway.format;

import static millrace.gateway.format.Formats.answer;
import static millrace.gateway.format.Formats.asked;
import static millrace.gateway.format.Formats.empty;
import static millrace.gateway.format.Formats.faults;
import static millrace.gateway.format.Formats.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import millrace.check.Fault;
import millrace.gateway.format.AdFormat.Missing;
import millrace.gateway.http.Page;
import millrace.schemas.AdRequest;
import millrace.schemas.SlotKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {
    private final AdFormat format = new JsonFormat();

    private static String path() {
        return "/v1/ads";
    }

    private static JsonNode json(Page page) throws JsonProcessingException {
        return new JsonMapper().readTree(page.text());
    }

    @Test
    void bodyIsTheRequestByTheSchemasNames() {
        AdRequest request = asked(format, post(path(), """
                                {"id": "r1", "placement": "preroll", "user": {"id": "u1", "geo": {"lat": 48, "country": null}},
                                 "slots": [{"id": "a", "kind": "AUDIO", "mimes": ["audio/mpeg"], "pod": {"maxAds": 3, "totalMillis": 60000}}],
                                 "device": {"id": "d1"}, "params": {"k": "v"}, "floorCpmMicros": 9000000000000, "test": true,
                                 "deadlineMillis": 1000}""")).request();

        assertThat(request.getId()).isEqualTo("r1");
        assertThat(request.getUser().getGeo().getLat()).isEqualTo(48.0);
        assertThat(request.getSlots().getFirst().getKind()).isEqualTo(SlotKind.AUDIO);
        assertThat(request.getSlots().getFirst().getPod().getMaxAds()).isEqualTo(3);
        assertThat(request.getDevice().getIp())
                .as("a device that is there is left alone")
                .isNull();
        assertThat(request.getParams()).isEqualTo(Map.of("k", "v"));
        assertThat(request.getFloorCpmMicros()).isEqualTo(9_000_000_000_000L);
        assertThat(request.getTest()).isTrue();
        assertThat(request.getDeadlineMillis()).isEqualTo(900);
    }

    @Test
    void idTimeAndDeviceArePutIn() {
        AdRequest request = asked(format, post(path(), "{\"placement\": \"preroll\", \"user\": {\"id\": \"u1\"}}"))
                .request();

        assertThat(request.getId()).isEqualTo("new-id");
        assertThat(request.getEventTime()).isEqualTo(Formats.NOW.toEpochMilli());
        assertThat(request.getDevice().getIp()).isEqualTo("198.51.100.7");
        assertThat(request.getDevice().getUserAgent()).isEqualTo("Player/1");
    }

    @Test
    void everythingThatIsWrongIsToldWithItsPlace() {
        String faults = faults(format, post(path(), """
                        {"id": 7, "user": {"id": ["u"]}, "slots": [{"kind": "FILM", "width": 1.5}, 3],
                         "deadlineMillis": 99999999999, "pod": {"maxAds": 1}, "surprise": 1}"""));

        assertThat(faults.lines())
                .containsExactlyInAnyOrder(
                        "id: is '7'; allowed is a text",
                        "placement: is missing",
                        "user.id: is '[\"u\"]'; allowed is a text",
                        "slots[0].id: is missing",
                        "slots[0].kind: is '\"FILM\"'; allowed is VIDEO or AUDIO or BANNER or NATIVE",
                        "slots[0].width: is '1.5'; allowed is a whole number",
                        "slots[1]: is '3'; allowed is an object",
                        "deadlineMillis: is '99999999999'; allowed is a whole number",
                        "pod.totalMillis: is missing",
                        "'surprise': is no field of AdRequest; see its schema");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{} {}", "\"x\"", "{\"a\":NaN}"})
    void whatIsNoObjectIsRefused(String body) {
        assertThat(faults(format, post(path(), body))).contains("body is not");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(faults(format, post(path(), "{\"a\":".repeat(5_000)))).contains("body is not JSON");
    }

    @Test
    void answerIsJson() throws JsonProcessingException {
        Asked asked = asked(format, post(path(), "{\"placement\": \"p\", \"user\": {\"id\": \"u\"}}"));

        JsonNode json = json(format.answered(asked, answer(empty("s\"1\n"))));

        assertThat(json.at("/slots/0/slotId").textValue()).isEqualTo("s\"1\n");
        assertThat(json.at("/slots/0/outcome").textValue()).isEqualTo("NO_FILL");
    }

    @Test
    void noAnswerInTimeIsOneThatSaysSo() throws JsonProcessingException {
        Asked asked = asked(
                format,
                post(
                        path(),
                        "{\"id\": \"r1\", \"placement\": \"p\", \"user\": {\"id\": \"u\"}, \"slots\": [{\"id\": \"a\"}]}"));

        Page page = format.none(asked, Missing.DEADLINE);

        assertThat(page.status()).isEqualTo(200);
        assertThat(json(page).at("/requestId").textValue()).isEqualTo("r1");
        assertThat(json(page).at("/slots/0/reason").textValue()).isEqualTo("TIMEOUT");
        assertThat(format.none(asked, Missing.UNAVAILABLE).status()).isEqualTo(503);
    }

    @Test
    void whatIsWrongComesAsJsonToo() throws JsonProcessingException {
        Page page = format.refused(List.of(new Fault("placement", "is missing")));

        assertThat(page.status()).isEqualTo(400);
        assertThat(json(page).at("/error/message").textValue()).isEqualTo("placement: is missing");
    }
}
