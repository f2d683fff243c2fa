package millrace.devkit.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The counters of a pipeline at one moment, as its admin port shows them: name with tags to value. */
record Metrics(Map<String, Double> values) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    Metrics {
        values = Map.copyOf(values);
    }

    /** Nothing when the port does not answer: a summary is no reason to fail. */
    static Metrics of(int adminPort) {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/metrics"))
                .timeout(PATIENCE)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return parsed(
                    client.send(question, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return new Metrics(Map.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Metrics(Map.of());
        }
    }

    /** Prometheus' text form: a name with tags, a blank, a number. */
    static Metrics parsed(String text) {
        Map<String, Double> values = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int blank = line.lastIndexOf(' ');
            if (blank > 0) {
                values.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
            }
        });
        return new Metrics(values);
    }

    /** The values of one counter by the value of its only tag; those at zero are left out. */
    Map<String, Long> byTag(String counter) {
        Map<String, Long> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(counter + "{") && value > 0) {
                found.put(name.substring(name.indexOf('"') + 1, name.lastIndexOf('"')), value.longValue());
            }
        });
        return found;
    }
}
