package millrace.devkit.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import millrace.devkit.http.Request;
import org.junit.jupiter.api.Test;

class ReceivedRequestsTest {

    private final ReceivedRequests received = new ReceivedRequests();

    @Test
    void onlyTheNewestAreKeptWhole() {
        for (int i = 0; i < ReceivedRequests.MOST_REQUESTS + 5; i++) {
            received.add(request("/vast/a", "i=" + i));
        }

        assertThat(received.newest()).hasSize(ReceivedRequests.MOST_REQUESTS);
        assertThat(received.newest().getFirst().rawQuery()).isEqualTo("i=5");
        assertThat(received.count("/vast/a")).isEqualTo(ReceivedRequests.MOST_REQUESTS + 5);
    }

    @Test
    void pathsBeyondTheBoundAreCountedTogether() {
        for (int i = 0; i < ReceivedRequests.MOST_PATHS + 5; i++) {
            received.add(request("/vast/" + i, ""));
        }
        received.add(request("/vast/0", ""));

        assertThat(received.count(ReceivedRequests.OTHER_PATHS)).isEqualTo(5);
        assertThat(received.count("/vast/0")).isEqualTo(2);
    }

    @Test
    void clearingForgetsAll() {
        received.add(request("/vast/a", ""));

        received.clear();

        assertThat(received.counts()).isEmpty();
        assertThat(received.newest()).isEmpty();
    }

    private static Request request(String path, String query) {
        return new Request("GET", path, query, Map.of(), "");
    }
}
