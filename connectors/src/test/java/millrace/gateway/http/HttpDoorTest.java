package millrace.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What strangers send over real connections, and what the door makes of it. */
class HttpDoorTest {
    private static final HttpLimits LIMITS = new HttpLimits(1024, 100, Duration.ofSeconds(30));
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Says who asked, and what came. */
    private static void echo(Call call, Consumer<Page> respond) {
        respond.accept(Page.text(200, call.client() + " " + new String(call.body(), UTF_8)));
    }

    private static HttpDoor door(HttpLimits limits, String... proxies) throws IOException {
        return HttpDoor.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                limits,
                new Clients(List.of(proxies)),
                HttpDoorTest::echo);
    }

    private static HttpRequest.Builder to(HttpDoor door) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/v1/ads"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static HttpRequest.Builder zipped(HttpDoor door, byte[] body) {
        return to(door).header("Content-Encoding", "gzip").POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    @Test
    void bodyMayBeCompressedAndIsLimitedAlsoWhenItIsUnpacked() throws IOException, InterruptedException {
        try (HttpDoor door = door(LIMITS)) {
            assertThat(send(zipped(door, gzip("{\"placement\": 1}"))).body()).endsWith("{\"placement\": 1}\n");
            assertThat(send(zipped(door, gzip("x".repeat(1_000_000)))).statusCode())
                    .as("a thousand times its size")
                    .isEqualTo(413);
            assertThat(send(zipped(door, "no gzip".getBytes(UTF_8))).statusCode())
                    .isEqualTo(413);
            assertThat(send(to(door).POST(HttpRequest.BodyPublishers.ofString("x".repeat(1025))))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void forwardedAddressIsBelievedOfOurProxiesAlone() throws IOException, InterruptedException {
        try (HttpDoor behind = door(LIMITS, "127.0.0.0/8");
                HttpDoor alone = door(LIMITS)) {
            assertThat(send(to(behind).header("X-Forwarded-For", "198.51.100.1, 203.0.113.9"))
                            .body())
                    .startsWith("203.0.113.9 ");
            assertThat(send(to(alone).header("X-Forwarded-For", "203.0.113.9")).body())
                    .startsWith("127.0.0.1 ");
        }
    }

    @Test
    void connectionThatIsOneTooManyIsClosed() throws IOException {
        try (HttpDoor door = door(new HttpLimits(1024, 1, Duration.ofSeconds(30)));
                Socket first = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            assertThat(answer(first)).startsWith("HTTP/1.1 200");
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                assertThat(answer(second)).isEmpty();
            }
            assertThat(answer(first)).as("whoever was there stays").startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void floodOfHeadersIsNoCall() throws IOException {
        try (HttpDoor door = door(LIMITS);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            assertThat(answer(socket, "X-Flood: 1\r\n".repeat(200))).doesNotContain(" 200 ");
        }
    }

    /** To the end of the line that the door says, or of the connection. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            text.append((char) next);
            int head = text.indexOf("\r\n\r\n");
            if (head >= 0 && next == '\n' && text.length() > head + 4) {
                break;
            }
        }
        return text.toString();
    }

    private static String answer(Socket socket) throws IOException {
        return answer(socket, "");
    }

    private static String answer(Socket socket, String headers) throws IOException {
        try {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n").getBytes(UTF_8));
            return answer(socket.getInputStream());
        } catch (SocketException e) {
            return ""; // Closed before we had said anything.
        }
    }
}
