package millrace.devkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {

    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final LoopbackServer server = LoopbackServer.start(0, LoopbackServerTest::react);

    private static Reaction react(Request request) {
        return switch (request.path()) {
            case "/slow" -> new Reaction(Duration.ofMillis(60), new Reply.Send(ok("slow")));
            case "/cut" -> new Reaction(Duration.ZERO, new Reply.Reset());
            case "/bug" -> throw new IllegalStateException("a bug");
            default -> Reaction.now(ok(request.path()));
        };
    }

    private static Response ok(String body) {
        return Response.of(200, "text/plain", body);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        try (Socket socket = connected()) {
            send(socket, "GET /slow HTTP/1.1\r\n\r\nGET /fast HTTP/1.1\r\nConnection: close\r\n\r\n");

            String all = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(all).containsSubsequence("HTTP/1.1 200", "slow", "HTTP/1.1 200", "/fast");
        }
    }

    @Test
    void aSlowAnswerHoldsNobodyElseUp() throws IOException {
        try (Socket slow = connected();
                Socket fast = connected()) {
            send(slow, "GET /slow HTTP/1.1\r\n\r\n");
            send(fast, "GET /fast HTTP/1.1\r\nConnection: close\r\n\r\n");

            assertThat(new String(fast.getInputStream().readAllBytes(), UTF_8)).contains("/fast");
            assertThat(slow.getInputStream().available()).isZero();
        }
    }

    @Test
    void aBugInTheHandlerIsA500AndTheServerLivesOn() throws IOException {
        assertThat(exchange("GET /bug HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 500");
        assertThat(exchange("GET /next HTTP/1.1\r\nConnection: close\r\n\r\n")).contains("/next");
    }

    @Test
    void aResetIsNoOrderlyEnd() throws IOException {
        try (Socket socket = connected()) {
            send(socket, "GET /cut HTTP/1.1\r\n\r\n");

            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aRefusedRequestEndsItsConnection() throws IOException {
        assertThat(exchange("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .startsWith("HTTP/1.1 411");
    }

    @Test
    void aClientThatFloodsIsCutOff() throws IOException {
        try (Socket socket = connected()) {
            send(socket, "GET /slow HTTP/1.1\r\n\r\n");

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            send(socket, "x".repeat(64 * 1024));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTakenPortIsNamed() {
        int taken = server.port();

        assertThatThrownBy(() ->
                        LoopbackServer.start(taken, LoopbackServerTest::react).close())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + taken);
    }

    @Test
    void thePortIsFreeOnceClosed() throws IOException {
        int port = server.port();
        try (Socket open = connected()) {
            send(open, "GET /slow HTTP/1.1\r\n\r\n");
            assertThat(open.getInputStream().read()).isEqualTo('H');
            server.close();
            assertThat(new String(open.getInputStream().readAllBytes(), UTF_8)).endsWith("slow");
        }

        LoopbackServer again = LoopbackServer.start(port, LoopbackServerTest::react);

        assertThat(again.port()).isEqualTo(port);
        again.close();
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connected()) {
            send(socket, request);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
        socket.setSoTimeout((int) A_WHILE.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }
}
