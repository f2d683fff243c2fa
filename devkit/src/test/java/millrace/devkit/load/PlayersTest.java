package millrace.devkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import millrace.devkit.http.LoopbackServer;
import millrace.devkit.http.Reaction;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;
import org.junit.jupiter.api.Test;

/** Loads of players over HTTP, of a server that stands for a gateway. */
class PlayersTest {
    private static final LoadPlan PLAN =
            new LoadPlan(400, Duration.ofMillis(100), Duration.ofMillis(500), 50, "bench", 1, Duration.ofSeconds(10));

    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();

    private LoadReport run() throws IOException, InterruptedException {
        try (LoopbackServer gateway = LoopbackServer.start(0, request -> Reaction.now(answer(request)));
                HttpTransport transport = new HttpTransport(gateway.port())) {
            return Load.ofPlayers(PLAN, 7, Duration.ofSeconds(2), transport, new LoadListener() {})
                    .run();
        }
    }

    private Response answer(Request request) {
        ids.add(request.query().get("id"));
        assertThat(request.query()).containsEntry("placement", "bench").containsEntry("deadline", "2000");
        return switch (calls.getAndIncrement() % 4) {
            case 0 -> Response.of(400, "text/plain", "user: is missing");
            case 1 -> Response.of(200, "application/xml", "<VAST version=\"4.2\"/>");
            default -> Response.of(200, "application/xml", "<VAST version=\"4.2\"><Ad id=\"1\"></Ad></VAST>");
        };
    }

    @Test
    void everyTagIsAskedOnceAndItsDocumentBooked() throws IOException, InterruptedException {
        LoadReport report = run();

        assertThat(ids).hasSize(calls.get()).hasSizeGreaterThan(200);
        assertThat(report.offered()).isEqualTo(200);
        assertThat(report.answered()).isEqualTo(200);
        assertThat(report.lost()).isZero();
        assertThat(report.noFillByReason()).containsOnlyKeys("NO_AD", "REFUSED");
        assertThat(report.filled()
                        + report.noFillByReason().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .isEqualTo(200);
        assertThat(report.p50Ms()).isPositive();
    }
}
