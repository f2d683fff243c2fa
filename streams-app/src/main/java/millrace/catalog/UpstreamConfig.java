package millrace.catalog;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ad server and how it is called.
 *
 * @param url tag URL with VAST macros, http or https
 * @param timeout longest wait of the whole resolution; the request's deadline ends it sooner
 * @param weight share in a weighted pool, 0 is never
 * @param headers headers of every call; values are secret
 * @param params query parameters of every call, overridden by the request's
 * @param rawParams parameters whose value keeps its own script
 * @param userIdParam query parameter that carries the user id
 * @param deviceIdParam query parameter that carries the device id
 */
public record UpstreamConfig(
        String id,
        String url,
        Duration timeout,
        int weight,
        Map<String, String> headers,
        Map<String, String> params,
        Set<String> rawParams,
        Optional<String> userIdParam,
        Optional<String> deviceIdParam) {

    public UpstreamConfig {
        headers = Map.copyOf(headers);
        params = Map.copyOf(params);
        rawParams = Set.copyOf(rawParams);
    }

    /** Without header values: they are secret. */
    @Override
    public String toString() {
        return "UpstreamConfig[id=" + id + ", weight=" + weight + ", timeout=" + timeout + ", headers="
                + headers.keySet() + "]";
    }
}
