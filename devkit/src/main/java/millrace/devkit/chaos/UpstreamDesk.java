package millrace.devkit.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Steers the simulated upstreams of another process. */
final class UpstreamDesk implements AutoCloseable {
    /** What each is like when nothing is wrong. */
    static final String WELL = "mode=normal";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI origin;
    private final HttpClient client = HttpClient.newHttpClient();

    UpstreamDesk(int port) {
        this.origin = URI.create("http://127.0.0.1:" + port);
    }

    String tag(String upstream) {
        return origin + "/vast/" + upstream;
    }

    /** @param knobs such as {@code mode=hang} */
    void turn(String upstream, String knobs) {
        HttpRequest request = HttpRequest.newBuilder(origin.resolve("/control/" + upstream + "?" + knobs))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        if (status(request) != 200) {
            throw new IllegalStateException("upstream " + upstream + " cannot be turned to " + knobs);
        }
    }

    boolean isUp() {
        return status(HttpRequest.newBuilder(origin.resolve("/control"))
                        .timeout(PATIENCE)
                        .build())
                == 200;
    }

    private int status(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0; // Not there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while steering upstreams", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
