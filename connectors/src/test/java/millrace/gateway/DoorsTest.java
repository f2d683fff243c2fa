package millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import millrace.gateway.Doors.Door;
import millrace.gateway.http.Call;
import millrace.gateway.http.Origins;
import millrace.gateway.http.Page;
import millrace.gateway.http.Rates;
import org.junit.jupiter.api.Test;

/** Which door a call goes to, whose pages may read its answer, and how often a client may ask. */
class DoorsTest {
    private static final Map<String, String> PLAYER = Map.of("origin", "https://player.example");

    private final AtomicInteger limited = new AtomicInteger();
    private final Doors doors =
            new Doors(Map.of("/vast", door("GET", 2)), door("POST", 0), new Origins(List.of("https://player.example")));

    private Door door(String method, int rate) {
        return new Door(
                List.of(method),
                (call, respond) -> respond.accept(Page.text(200, "an ad")),
                new Rates(rate, () -> 0),
                limited::incrementAndGet);
    }

    private Page ask(String method, String path, Map<String, String> headers, String client) {
        List<Page> pages = new ArrayList<>();
        doors.handle(new Call(method, path, Map.of(), headers, new byte[0], client), pages::add);
        assertThat(pages).hasSize(1);
        return pages.getFirst();
    }

    @Test
    void browserIsToldWhoseMayAskAndRead() {
        assertThat(ask("OPTIONS", "/vast", PLAYER, "192.0.2.1")).satisfies(page -> {
            assertThat(page.status()).isEqualTo(204);
            assertThat(page.headers())
                    .containsEntry("Access-Control-Allow-Origin", "https://player.example")
                    .containsEntry("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
        });
        assertThat(ask("GET", "/vast", PLAYER, "192.0.2.1").headers())
                .containsEntry("Access-Control-Allow-Origin", "https://player.example");
        assertThat(ask("GET", "/vast", Map.of("origin", "https://elsewhere.example"), "192.0.2.2")
                        .headers())
                .doesNotContainKey("Access-Control-Allow-Origin")
                .containsEntry("Vary", "Origin, Accept-Encoding");
    }

    @Test
    void clientThatAsksTooOftenIsToldSoAndOthersAreNot() {
        assertThat(List.of(
                        ask("GET", "/vast", PLAYER, "192.0.2.1").status(),
                        ask("GET", "/vast", PLAYER, "192.0.2.1").status()))
                .containsOnly(200);

        assertThat(ask("GET", "/vast", PLAYER, "192.0.2.1")).satisfies(page -> {
            assertThat(page.status()).isEqualTo(429);
            assertThat(page.headers())
                    .containsEntry("Retry-After", "1")
                    .as("a page of a player reads that too")
                    .containsKey("Access-Control-Allow-Origin");
        });
        assertThat(limited).hasValue(1);
        assertThat(ask("GET", "/vast", PLAYER, "192.0.2.2").status()).isEqualTo(200);
    }

    @Test
    void otherMethodsAndPathsAreNone() {
        assertThat(ask("POST", "/vast", PLAYER, "192.0.2.1")).satisfies(page -> {
            assertThat(page.status()).isEqualTo(405);
            assertThat(page.headers()).containsEntry("Allow", "GET");
        });
        assertThat(ask("GET", "/admin", PLAYER, "192.0.2.1").status()).isEqualTo(404);
        assertThat(ask("POST", "/e/TOKEN/start", PLAYER, "192.0.2.1").status()).isEqualTo(200);
    }
}
