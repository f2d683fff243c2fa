package millrace.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireTextTest {
    private static final Clients CLIENTS = new Clients(List.of());

    private static Call call(String target, Map<String, String> headers) {
        return Calls.of("GET", target, headers, new byte[0], InetAddress.getLoopbackAddress(), CLIENTS);
    }

    @Test
    void parametersAreDecodedAndTheFirstOfANameCounts() {
        Call call = call("/vast?user=J%C3%B6rg+M&user=other&empty=&bare&x=a%3Db%26c&broken=%zz", Map.of());

        assertThat(call.path()).isEqualTo("/vast");
        assertThat(call.parameters()).isEqualTo(Map.of("user", "Jörg M", "empty", "", "x", "a=b&c", "broken", "%zz"));
    }

    @Test
    void floodOfParametersIsCut() {
        StringBuilder target = new StringBuilder("/vast?");
        for (int i = 0; i < 3_000; i++) {
            target.append('p').append(i).append("=1&");
        }

        assertThat(call(target.toString(), Map.of()).parameters()).hasSize(200);
    }

    @Test
    void headersOfOneNameAreOneList() {
        Map<String, String> headers = new HashMap<>();
        Calls.add(headers, "X-Forwarded-For", "1.1.1.1");
        Calls.add(headers, "x-forwarded-for", " 2.2.2.2 ");

        assertThat(headers).containsExactly(Map.entry("x-forwarded-for", "1.1.1.1,2.2.2.2"));
    }

    @Test
    void compressedBodyIsReadUpToTheLimit() {
        byte[] body = "x".repeat(5_000).getBytes(UTF_8);

        assertThat(Calls.decompressed(Calls.compressed(body), 5_000).map(String::new))
                .contains("x".repeat(5_000));
        assertThat(Calls.decompressed(Calls.compressed(body), 4_999)).isEmpty();
        assertThat(Calls.decompressed(body, 5_000)).isEmpty();
    }

    @Test
    void onlyLongPagesAreCompressedForThoseWhoTakeThem() {
        Page longPage = Page.text(200, "x".repeat(5_000));
        Call takes = call("/vast", Map.of("accept-encoding", "deflate, gzip;q=0.8"));

        assertThat(Calls.isWorthCompressing(takes, longPage)).isTrue();
        assertThat(Calls.isWorthCompressing(takes, Page.text(200, "short"))).isFalse();
        assertThat(Calls.isWorthCompressing(call("/vast", Map.of("accept-encoding", "br")), longPage))
                .isFalse();
    }

    @Test
    void pageOfAnAllowedOriginMayBeReadWithCredentials() {
        Origins some = new Origins(List.of("https://player.example"));
        Page page = Page.text(200, "ad");

        assertThat(some.open(page, Optional.of("https://player.example")).headers())
                .containsEntry("Access-Control-Allow-Origin", "https://player.example")
                .containsEntry("Access-Control-Allow-Credentials", "true");
        assertThat(some.open(page, Optional.of("https://stranger.example")).headers())
                .doesNotContainKey("Access-Control-Allow-Origin")
                .containsEntry("Vary", "Origin, Accept-Encoding");
        assertThat(new Origins(List.of("*"))
                        .open(page, Optional.of("https://any.example"))
                        .headers())
                .containsEntry("Access-Control-Allow-Origin", "https://any.example");
        assertThat(new Origins(List.of())
                        .open(page, Optional.of("https://any.example"))
                        .headers())
                .doesNotContainKey("Access-Control-Allow-Origin");
    }
}
