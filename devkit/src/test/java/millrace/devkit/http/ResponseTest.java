package millrace.devkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResponseTest {

    @Test
    void countsBytesNotCharacters() {
        assertThat(text(Response.of(200, "text/plain", "жду")))
                .contains("Content-Length: 6\r\n")
                .endsWith("\r\n\r\nжду");
    }

    @Test
    void a204HasNoLength() {
        assertThat(text(Response.of(204))).isEqualTo("HTTP/1.1 204 \r\n\r\n");
        assertThat(text(Response.of(500))).isEqualTo("HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void oneMoreHeaderLeavesTheFirstAsItWas() {
        Response first = Response.of(204);

        Response second = first.with(new Header("Set-Cookie", "a=1"));

        assertThat(text(second)).contains("Set-Cookie: a=1\r\n");
        assertThat(text(first)).doesNotContain("Set-Cookie");
    }

    @Test
    void aHeaderCannotSmuggleAnother() {
        assertThatThrownBy(() -> new Header("Location", "/\r\nX: 1"))
                .hasMessageContaining("Location holds a line break");
    }

    @Test
    void reactionsAndDripsGoForwardInTime() {
        assertThatThrownBy(() -> new Reaction(Duration.ofMillis(-1), new Reply.Silence()))
                .hasMessageContaining("0 or more");
        assertThatThrownBy(() -> new Reply.Drip(Response.of(204), 0, Duration.ofMillis(1)))
                .hasMessageContaining("above 0");
    }

    private static String text(Response response) {
        return UTF_8.decode(response.bytes()).toString();
    }
}
