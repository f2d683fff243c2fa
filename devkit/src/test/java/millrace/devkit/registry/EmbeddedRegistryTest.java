package millrace.devkit.registry;

import static millrace.devkit.registry.RestClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import millrace.devkit.registry.RestClient.Answer;
import millrace.wire.BasicAuth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRegistryTest {

    private static final String ONE =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"}]}";
    private static final String ONE_SPACED =
            "{ \"name\" : \"R\", \"type\" : \"record\", \"fields\" : [ {\"type\":\"long\", \"name\":\"a\"} ] }";
    private static final String TWO =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"},"
                    + "{\"name\":\"b\",\"type\":\"long\",\"default\":0}]}";
    private static final String BREAKING =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"c\",\"type\":\"long\"}]}";

    private final EmbeddedRegistry registry = EmbeddedRegistry.started();
    private final RestClient client = new RestClient(registry);

    @BeforeEach
    void registerOne() {
        client.post("/subjects/s/versions", body(ONE));
    }

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    @Test
    void rootIsAnEmptyObjectInTheRegistrysContentType() {
        Answer answer = client.get("/");

        assertThat(answer.body()).hasToString("{}");
        assertThat(answer.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void sameSchemaHasOneIdInEverySubjectHoweverItIsWritten() {
        assertThat(client.post("/subjects/s/versions", body(ONE_SPACED)).body()).hasToString("{\"id\":1}");
        assertThat(client.post("/subjects/t/versions", body(ONE)).body()).hasToString("{\"id\":1}");
        assertThat(client.post("/subjects/t/versions", body(TWO)).body()).hasToString("{\"id\":2}");

        assertThat(client.get("/subjects").body()).hasToString("[\"s\",\"t\"]");
        assertThat(client.get("/subjects/s/versions").body()).hasToString("[1]");
        assertThat(client.get("/subjects/t/versions").body()).hasToString("[1,2]");
        assertThat(client.get("/schemas/ids/1/versions").body())
                .hasToString("[{\"subject\":\"s\",\"version\":1},{\"subject\":\"t\",\"version\":1}]");
        assertThat(client.get("/schemas/ids/1/subjects").body()).hasToString("[\"s\",\"t\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "latest", "-1"})
    void versionHasSubjectIdAndSchema(String version) {
        Answer answer = client.get("/subjects/s/versions/" + version);

        assertThat(answer.body().path("subject").asText()).isEqualTo("s");
        assertThat(answer.body().path("version").asInt()).isEqualTo(1);
        assertThat(answer.body().path("id").asInt()).isEqualTo(1);
        assertThat(answer.body().path("schema").asText()).contains("\"name\":\"R\"");
    }

    @Test
    void rawSchemaIsTheWholeAnswer() {
        assertThat(client.get("/subjects/s/versions/1/schema")
                        .body()
                        .path("name")
                        .asText())
                .isEqualTo("R");
        assertThat(client.get("/schemas/ids/1/schema").body().path("name").asText())
                .isEqualTo("R");
    }

    @Test
    void lookUpFindsWhatIsRegisteredAndNothingElse() {
        assertThat(client.post("/subjects/s", body(ONE_SPACED))
                        .body()
                        .path("id")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.post("/subjects/s", body(TWO)).code()).isEqualTo(40403);
        assertThat(client.post("/subjects/none", body(ONE)).code()).isEqualTo(40401);
    }

    @ParameterizedTest(name = "{0} {1} gives {2} with {3}")
    @CsvSource({
        "GET,    /subjects/none/versions,          404, 40401",
        "GET,    /subjects/none/versions/1,        404, 40401",
        "DELETE, /subjects/none,                   404, 40401",
        "GET,    /subjects/s/versions/9,           404, 40402",
        "GET,    /subjects/s/versions/0,           422, 42202",
        "GET,    /subjects/s/versions/x,           422, 42202",
        "GET,    /schemas/ids/77,                  404, 40403",
        "GET,    /schemas/ids/x,                   404, 40403",
        "GET,    /config/s,                        404, 40408",
        "DELETE, /config/s,                        404, 40408",
        "GET,    /mode/s,                          404, 40409",
        "GET,    /nothing/here,                    404, 404",
        "GET,    /schemas/ids/1/nothing,           404, 404",
        "PUT,    /subjects,                        405, 405",
        "DELETE, /schemas/ids/1,                   405, 405",
        "GET,    /compatibility/subjects/s/versions/1, 405, 405"
    })
    void wrongRequestHasItsStatusAndCode(String method, String path, int status, int code) {
        Answer answer = client.send(method, path, "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("message").asText()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"schema\":\"{\\\"type\\\":\\\"recor\\\"}\"}",
                "{\"schema\":\"\"}",
                "{}",
                "{\"schema\":\"syntax = 3\",\"schemaType\":\"PROTOBUF\"}",
                "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"x\",\"subject\":\"s\",\"version\":1}]}"
            })
    void schemaThatCannotBeTakenIsInvalid(String request) {
        Answer answer = client.post("/subjects/s/versions", request);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo(42201);
    }

    @Test
    void bodyThatIsNoJsonIsABadRequest() {
        assertThat(client.post("/subjects/s/versions", "{").status()).isEqualTo(400);
        assertThat(client.post("/subjects/s/versions", "[]").status()).isEqualTo(400);
    }

    @Test
    void bodyAboveTheLimitIsRefused() {
        assertThat(client.post("/subjects/s/versions", " ".repeat((1 << 20) + 1))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void incompatibleSchemaIsRefusedWithTheReason() {
        Answer answer = client.post("/subjects/s/versions", body(BREAKING));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.body().path("message").asText())
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE", "subject \"s\"");
        assertThat(client.get("/subjects/s/versions").body()).hasToString("[1]");
    }

    @Test
    void levelOfTheSubjectGoesBeforeTheGlobalOne() {
        assertThat(client.put("/config", "{\"compatibility\":\"FULL\"}").body())
                .hasToString("{\"compatibility\":\"FULL\"}");
        assertThat(client.put("/config/s", "{\"compatibility\":\"NONE\"}").status())
                .isEqualTo(200);

        assertThat(client.get("/config").body()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(client.get("/config/s").body()).hasToString("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(client.get("/config/t?defaultToGlobal=true").body())
                .hasToString("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(client.post("/subjects/s/versions", body(BREAKING)).status()).isEqualTo(200);
        assertThat(client.delete("/config/s").status()).isEqualTo(200);
        assertThat(client.get("/config/s").code()).isEqualTo(40408);
        assertThat(client.put("/config", "{\"compatibility\":\"SOME\"}").code()).isEqualTo(42203);
    }

    @Test
    void compatibilityIsTestedWithoutRegistering() {
        assertThat(client.post("/compatibility/subjects/s/versions/latest", body(TWO))
                        .body())
                .hasToString("{\"is_compatible\":true}");
        Answer breaking = client.post("/compatibility/subjects/s/versions/1?verbose=true", body(BREAKING));
        assertThat(breaking.body().path("is_compatible").asBoolean()).isFalse();
        assertThat(breaking.body().path("messages")).hasSize(1);
        assertThat(client.post("/compatibility/subjects/s/versions", body(BREAKING))
                        .body())
                .hasToString("{\"is_compatible\":false}");
        assertThat(client.post("/compatibility/subjects/none/versions/latest", body(ONE))
                        .body())
                .hasToString("{\"is_compatible\":true}");
        assertThat(client.post("/compatibility/subjects/s/versions/7", body(ONE))
                        .code())
                .isEqualTo(40402);
        assertThat(client.get("/subjects/s/versions").body()).hasToString("[1]");
    }

    @Test
    void deletedVersionIsHiddenThenGone() {
        client.post("/subjects/s/versions", body(TWO));
        assertThat(client.delete("/subjects/s/versions/1?permanent=true").code())
                .isEqualTo(40407);
        assertThat(client.delete("/subjects/s/versions/1").body()).hasToString("1");
        assertThat(client.get("/subjects/s/versions/1").code()).isEqualTo(40402);
        assertThat(client.get("/subjects/s/versions?deleted=true").body()).hasToString("[1,2]");
        assertThat(client.get("/schemas/ids/1").status())
                .as("what was written stays readable")
                .isEqualTo(200);
        assertThat(client.delete("/subjects/s/versions/1").code()).isEqualTo(40406);

        assertThat(client.delete("/subjects/s/versions/1?permanent=true").body())
                .hasToString("1");

        assertThat(client.get("/schemas/ids/1").code()).isEqualTo(40403);
    }

    @Test
    void deletedSubjectIsHiddenThenGoneAndVersionsAreNotReused() {
        assertThat(client.delete("/subjects/s?permanent=true").code()).isEqualTo(40405);
        assertThat(client.delete("/subjects/s").body()).hasToString("[1]");
        assertThat(client.get("/subjects").body()).hasToString("[]");
        assertThat(client.get("/subjects?deleted=true").body()).hasToString("[\"s\"]");
        assertThat(client.delete("/subjects/s").code()).isEqualTo(40404);
        assertThat(client.post("/subjects/s/versions", body(ONE)).body()).hasToString("{\"id\":1}");
        assertThat(client.get("/subjects/s/versions").body()).hasToString("[2]");
    }

    @Test
    void readOnlyModeTakesNoSchema() {
        assertThat(client.get("/mode").body()).hasToString("{\"mode\":\"READWRITE\"}");
        client.put("/mode", "{\"mode\":\"READONLY\"}");

        assertThat(client.post("/subjects/s/versions", body(TWO)).code()).isEqualTo(42205);
        assertThat(client.put("/mode", "{\"mode\":\"SLEEP\"}").code()).isEqualTo(42204);
    }

    @Test
    void typesAreAvroOnly() {
        assertThat(client.get("/schemas/types").body()).hasToString("[\"AVRO\"]");
    }

    @Test
    void subjectMayHaveAnyCharacters() {
        client.post("/subjects/a%2Fb%20c+d/versions", body(ONE));

        assertThat(client.get("/subjects").body()).hasToString("[\"a/b c+d\",\"s\"]");
    }

    @Test
    void pausedRegistryAnswers503AndThenAsBefore() {
        registry.pause();
        assertThat(client.get("/subjects").status()).isEqualTo(503);

        registry.resume();

        assertThat(client.get("/subjects").body()).hasToString("[\"s\"]");
        assertThat(registry.requests("GET", "/subjects")).isEqualTo(2);
        assertThat(registry.requests()).isEqualTo(3);
    }

    @Test
    void stoppedRegistryRefusesConnectionsAndComesBackWithItsSchemas() {
        String url = registry.url();
        registry.stop();
        assertThatThrownBy(() -> client.get("/subjects")).isInstanceOf(UncheckedIOException.class);

        registry.start();

        assertThat(registry.url()).isEqualTo(url);
        assertThat(client.get("/subjects").body()).hasToString("[\"s\"]");
    }

    @Test
    void requestWithoutTheCredentialsIsUnauthorized() {
        try (EmbeddedRegistry locked =
                        EmbeddedRegistry.started(RegistryOptions.DEFAULT.withAuth(new BasicAuth("kim", "secret")));
                var stranger = new RestClient(locked)) {
            assertThat(stranger.get("/subjects").status()).isEqualTo(401);
        }
    }
}
