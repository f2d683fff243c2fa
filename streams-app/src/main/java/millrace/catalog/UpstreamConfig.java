package millrace.catalog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ad server or a bidder, and how it is called.
 *
 * @param url tag URL with VAST macros, http or https; of a bidder where requests are posted to
 * @param timeout longest wait of the whole resolution; the request's deadline ends it sooner
 * @param weight share in a weighted pool, 0 is never
 * @param headers headers of every call; values are secret
 * @param params query parameters of every call, overridden by the request's
 * @param rawParams parameters whose value keeps its own script
 * @param userIdParam query parameter that carries the user id
 * @param deviceIdParam query parameter that carries the device id
 * @param bidder present when it speaks OpenRTB; else it speaks VAST
 * @param rotation what rotation must know of it
 * @param auth how it knows us
 * @param defaultHeaders headers of every call that a request may override; an empty value is none unless the request has one
 * @param cache which of its answers are kept; empty is none
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
        Optional<String> deviceIdParam,
        Optional<BidderTerms> bidder,
        RotationTerms rotation,
        Auth auth,
        Map<String, String> defaultHeaders,
        Optional<CacheTerms> cache) {

    /** One without default headers, of which nothing is kept. */
    public UpstreamConfig(
            String id,
            String url,
            Duration timeout,
            int weight,
            Map<String, String> headers,
            Map<String, String> params,
            Set<String> rawParams,
            Optional<String> userIdParam,
            Optional<String> deviceIdParam,
            Optional<BidderTerms> bidder,
            RotationTerms rotation,
            Auth auth) {
        this(
                id,
                url,
                timeout,
                weight,
                headers,
                params,
                rawParams,
                userIdParam,
                deviceIdParam,
                bidder,
                rotation,
                auth,
                Map.of(),
                Optional.empty());
    }

    /** One that rotation knows nothing special of. */
    public UpstreamConfig(
            String id,
            String url,
            Duration timeout,
            int weight,
            Map<String, String> headers,
            Map<String, String> params,
            Set<String> rawParams,
            Optional<String> userIdParam,
            Optional<String> deviceIdParam,
            Optional<BidderTerms> bidder) {
        this(
                id,
                url,
                timeout,
                weight,
                headers,
                params,
                rawParams,
                userIdParam,
                deviceIdParam,
                bidder,
                RotationTerms.USUAL,
                new Auth.None());
    }

    /** An ad server that speaks VAST. */
    public UpstreamConfig(
            String id,
            String url,
            Duration timeout,
            int weight,
            Map<String, String> headers,
            Map<String, String> params,
            Set<String> rawParams,
            Optional<String> userIdParam,
            Optional<String> deviceIdParam) {
        this(id, url, timeout, weight, headers, params, rawParams, userIdParam, deviceIdParam, Optional.empty());
    }

    public UpstreamConfig {
        headers = Map.copyOf(headers);
        params = Map.copyOf(params);
        rawParams = Set.copyOf(rawParams);
        defaultHeaders = Map.copyOf(defaultHeaders);
    }

    /** This one with one more header, or another value of it. */
    public UpstreamConfig withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new UpstreamConfig(
                id,
                url,
                timeout,
                weight,
                more,
                params,
                rawParams,
                userIdParam,
                deviceIdParam,
                bidder,
                rotation,
                auth,
                defaultHeaders,
                cache);
    }

    /** Without header values: they are secret. */
    @Override
    public String toString() {
        return "UpstreamConfig[id=" + id + ", weight=" + weight + ", timeout=" + timeout + ", headers="
                + headers.keySet() + "]";
    }
}
