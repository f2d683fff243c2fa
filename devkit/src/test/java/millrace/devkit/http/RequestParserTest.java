package millrace.devkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestParserTest {

    private final RequestParser parser = new RequestParser();

    @Test
    void splitsTheTargetAndJoinsRepeatedHeaders() {
        feed(
                "GET /vast/north?cb=12&page=a%20b HTTP/1.1\r\nHost: x\r\nX-Tag: 1\r\nx-tag:2\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n");

        Request request = complete().request();

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/vast/north");
        assertThat(request.query()).containsEntry("cb", "12").containsEntry("page", "a b");
        assertThat(request.header("x-tag")).contains("1, 2");
        assertThat(request.cookies()).containsEntry("a", "1").containsEntry("b", "2");
    }

    @Test
    void waitsForEveryByteOfHeadAndBody() {
        byte[] bytes = "POST /openrtb/east HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody".getBytes(UTF_8);
        for (int i = 0; i < bytes.length - 1; i++) {
            parser.feed(ByteBuffer.wrap(bytes, i, 1));
            assertThat(parser.next()).isInstanceOf(Parsed.Incomplete.class);
        }

        parser.feed(ByteBuffer.wrap(bytes, bytes.length - 1, 1));

        assertThat(complete().request().body()).isEqualTo("body");
    }

    @Test
    void keepsARequestThatFollowsAtOnce() {
        feed("GET /one HTTP/1.1\r\n\r\nGET /two HTTP/1.1\r\nConnection: close\r\n\r\n");

        Parsed.Complete one = complete();
        Parsed.Complete two = complete();

        assertThat(one.request().path()).isEqualTo("/one");
        assertThat(one.keepAlive()).isTrue();
        assertThat(two.request().path()).isEqualTo("/two");
        assertThat(two.keepAlive()).isFalse();
        assertThat(parser.next()).isInstanceOf(Parsed.Incomplete.class);
    }

    @Test
    void closesAfterAnHttp10Request() {
        feed("GET / HTTP/1.0\r\n\r\n");

        assertThat(complete().keepAlive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /\r\n\r\n', 400",
        "'nonsense\r\n\r\n', 400",
        "'POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n', 400",
        "'POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n', 413",
        "'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n', 411"
    })
    void refusesWhatItDoesNotTake(String text, int status) {
        feed(text);

        assertThat(parser.next()).isEqualTo(new Parsed.Refused(status));
    }

    @Test
    void refusesAHeadWithoutEnd() {
        feed("GET / HTTP/1.1\r\nX: " + "x".repeat(70_000));

        assertThat(parser.next()).isEqualTo(new Parsed.Refused(431));
    }

    private void feed(String text) {
        parser.feed(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private Parsed.Complete complete() {
        return (Parsed.Complete) parser.next();
    }
}
