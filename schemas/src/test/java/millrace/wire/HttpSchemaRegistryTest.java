package millrace.wire;

import static millrace.wire.StubRegistry.error;
import static millrace.wire.StubRegistry.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {

    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final String STRING_ANSWER = "{\"schema\":\"\\\"string\\\"\"}";

    private StubRegistry server;
    private HttpSchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = new StubRegistry(_ -> ok(STRING_ANSWER));
        registry = new HttpSchemaRegistry(settings(server.url("/apis/ccompat/v7/")));
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    @Test
    void pathOfTheBaseUrlIsKept() {
        registry.schemaById(7);

        assertThat(server.asked().getFirst().path()).isEqualTo("/apis/ccompat/v7/schemas/ids/7");
    }

    @Test
    void subjectIsEscapedAndSchemaSentAsTheRegistrysContentType() {
        server.answers(_ -> ok("{\"id\":3}"));

        int id = registry.register("a b/c-value", STRING);

        StubRegistry.Asked asked = server.asked().getFirst();
        assertThat(id).isEqualTo(3);
        assertThat(asked.path()).endsWith("/subjects/a%20b%2Fc-value/versions");
        assertThat(asked.contentType()).startsWith("application/vnd.schemaregistry.v1+json");
        assertThat(asked.body()).isEqualTo("{\"schema\":\"\\\"string\\\"\"}");
    }

    @Test
    void credentialsAreSentAndNeverShown() {
        RegistrySettings secret = settings(server.url("")).withAuth(new BasicAuth("kim", "hunter2"));
        server.answers(_ -> error(401, 40101, "Unauthorized"));
        try (var authenticated = new HttpSchemaRegistry(secret)) {
            assertThatThrownBy(() -> authenticated.schemaById(1))
                    .isInstanceOf(RegistryException.Refused.class)
                    .hasMessageContaining("401")
                    .message()
                    .doesNotContain("hunter2", "kim", "a2ltOmh1bnRlcjI=");
            assertThat(secret.toString() + authenticated).doesNotContain("hunter2", "kim");
        }
        assertThat(server.asked().getFirst().authorization()).isEqualTo("Basic a2ltOmh1bnRlcjI=");
    }

    @Test
    void secondUrlIsUsedWhenTheFirstIsDownAndKept() throws IOException {
        var dead = new StubRegistry(_ -> ok(STRING_ANSWER));
        String deadUrl = dead.url("");
        dead.close();
        try (var both = new HttpSchemaRegistry(settings(deadUrl, server.url("")))) {
            assertThat(both.schemaById(1)).isEqualTo(STRING);
            assertThat(both.schemaById(2)).isEqualTo(STRING);
        }
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void secondUrlIsUsedWhenTheFirstIsInTroubleAndTheFirstIsThenLeftAlone() throws IOException {
        try (var troubled = new StubRegistry(_ -> error(500, 50001, "store down"));
                var both = new HttpSchemaRegistry(settings(troubled.url(""), server.url("")))) {
            both.schemaById(1);
            both.schemaById(2);

            assertThat(troubled.asked()).hasSize(1);
        }
    }

    @Test
    void retriesAreBounded() {
        server.answers(_ -> error(503, 50301, "starting"));

        assertThatThrownBy(() -> registry.schemaById(1))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("503: starting");
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void hangingRegistryIsLeftAfterTheTotalTime() {
        var never = new CountDownLatch(1);
        server.answers(_ -> {
            never.await();
            return ok("");
        });
        RegistrySettings impatient = settings(server.url(""))
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(300));
        try (var waiting = new HttpSchemaRegistry(impatient)) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> waiting.schemaById(1)).isInstanceOf(RegistryException.Unavailable.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_500));
        }
        never.countDown();
    }

    @Test
    void unknownSchemaIsADefiniteNoAndRemembered() {
        server.answers(_ -> error(404, 40403, "Schema 77 not found"));

        assertThatThrownBy(() -> registry.schemaById(77)).isInstanceOf(RegistryException.Unknown.class);
        assertThatThrownBy(() -> registry.schemaById(77)).isInstanceOf(RegistryException.Unknown.class);

        assertThat(registry.find(77)).isInstanceOf(SchemaLookup.Unknown.class);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void bare404SaysNothingAboutTheSchema() {
        server.answers(_ -> new StubRegistry.Answer(404, "<html>no such page</html>"));

        assertThatThrownBy(() -> registry.schemaById(77)).isInstanceOf(RegistryException.Refused.class);
        assertThat(registry.find(77)).isInstanceOf(SchemaLookup.Pending.class);
    }

    @Test
    void pageThatIsNotJsonIsRefused() {
        server.answers(_ -> ok("<html>log in here</html>"));

        assertThatThrownBy(() -> registry.schemaById(1))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("is it a schema registry?");
    }

    @Test
    void schemaOfAnotherKindIsUnknown() {
        server.answers(_ -> ok("{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = 3\"}"));

        assertThatThrownBy(() -> registry.schemaById(4))
                .isInstanceOf(RegistryException.Unknown.class)
                .hasMessageContaining("schema id 4 is PROTOBUF, not AVRO");
    }

    @Test
    void schemaNestedWithoutEndIsUnknown() {
        String nested = "{\\\"type\\\":\\\"array\\\",\\\"items\\\":".repeat(50_000);
        server.answers(_ -> ok("{\"schema\":\"" + nested + "\"}"));

        assertThatThrownBy(() -> registry.schemaById(4))
                .isInstanceOf(RegistryException.Unknown.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void endlessAnswerIsCutOff() {
        server.answers(_ -> ok("\"" + "x".repeat(5 << 20) + "\""));

        assertThatThrownBy(() -> registry.schemaById(4))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("answer is longer than");
    }

    @Test
    void conflictIsIncompatible() {
        server.answers(_ -> error(409, 40901, "field grams is missing"));

        assertThatThrownBy(() -> registry.register("parcels-value", STRING))
                .isInstanceOf(RegistryException.Incompatible.class)
                .hasMessageContaining("field grams is missing");
    }

    @Test
    void invalidSchemaIsRefusedWithoutRetry() {
        server.answers(_ -> error(422, 42201, "Invalid schema"));

        assertThatThrownBy(() -> registry.register("parcels-value", STRING))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("422: Invalid schema");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void subjectWithoutVersionsTakesAnySchema() {
        server.answers(_ -> error(404, 40401, "Subject not found"));

        assertThat(registry.test("new-value", STRING)).isEqualTo(new Compatibility.Compatible());
    }

    @Test
    void incompatibleSchemaComesWithTheRegistrysReasons() {
        server.answers(_ -> ok("{\"is_compatible\":false,\"messages\":[\"a\",\"b\"]}"));

        assertThat(registry.test("s", STRING)).isEqualTo(new Compatibility.Incompatible(List.of("a", "b")));
    }

    @Test
    void levelAndSubjectsAndLatestAreRead() {
        server.answers(asked -> switch (asked.path().replace("/apis/ccompat/v7", "")) {
            case "/config/s?defaultToGlobal=true" -> ok("{\"compatibilityLevel\":\"FULL\"}");
            case "/subjects" -> ok("[\"s\",\"t\"]");
            case "/subjects/s/versions/latest" ->
                ok("{\"subject\":\"s\",\"version\":2,\"id\":9,\"schema\":\"\\\"string\\\"\"}");
            case "/config" -> ok(asked.body());
            default -> error(404, 404, "HTTP 404 Not Found");
        });

        assertThat(registry.level("s")).isEqualTo(CompatibilityLevel.FULL);
        assertThat(registry.subjects()).containsExactly("s", "t");
        assertThat(registry.latest("s")).isEqualTo(new RegisteredSchema("s", 2, 9, STRING));
        registry.setLevel(Optional.empty(), CompatibilityLevel.BACKWARD);
        assertThat(server.asked().getLast().body()).isEqualTo("{\"compatibility\":\"BACKWARD\"}");
    }

    @Test
    void idIsLookedUpInTheBackgroundOnce() {
        assertThat(registry.find(5)).isInstanceOf(SchemaLookup.Pending.class);

        await().until(() -> registry.find(5).equals(new SchemaLookup.Known(STRING)));

        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void closedRegistryIsUnavailable() {
        registry.close();

        assertThatThrownBy(() -> registry.schemaById(1)).isInstanceOf(RegistryException.Unavailable.class);
        assertThat(registry.find(1)).isInstanceOf(SchemaLookup.Pending.class);
    }

    private static RegistrySettings settings(String... urls) {
        return RegistrySettings.of(urls)
                .withTimeouts(Duration.ofMillis(1_000), Duration.ofMillis(2_000), Duration.ofMillis(2_500))
                .withRounds(2);
    }
}
