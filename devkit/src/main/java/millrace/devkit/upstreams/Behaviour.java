package millrace.devkit.upstreams;

import java.util.Map;

/**
 * How one upstream behaves; every knob can be turned while it serves.
 *
 * @param latency of every response, each hop of a chain on its own
 * @param errorRate share of responses, hops included, that are HTTP 500 instead; 0 to 1
 * @param fillRate share of requests that get an ad, the others a no-ad or no-bid; 0 to 1
 * @param cookies set on every response that the client has not sent them to, name to value
 */
public record Behaviour(
        Content content, Mode mode, Latency latency, double errorRate, double fillRate, Map<String, String> cookies) {

    public Behaviour {
        requireShare("errorRate", errorRate);
        requireShare("fillRate", fillRate);
        cookies = Map.copyOf(cookies);
    }

    /** Answers at once, always with that content. */
    public static Behaviour serving(Content content) {
        return new Behaviour(content, Mode.NORMAL, Latency.millis(0), 0, 1, Map.of());
    }

    /** Ten ads in turn, {@code prefix-1} to {@code prefix-10}. */
    public static Behaviour ofTenAds(String prefix) {
        return serving(new Content.Inventory(SimulatedAd.numbered(prefix, 10)));
    }

    public Behaviour with(Content changed) {
        return new Behaviour(changed, mode, latency, errorRate, fillRate, cookies);
    }

    public Behaviour with(Mode changed) {
        return new Behaviour(content, changed, latency, errorRate, fillRate, cookies);
    }

    public Behaviour with(Latency changed) {
        return new Behaviour(content, mode, changed, errorRate, fillRate, cookies);
    }

    public Behaviour withErrorRate(double changed) {
        return new Behaviour(content, mode, latency, changed, fillRate, cookies);
    }

    public Behaviour withFillRate(double changed) {
        return new Behaviour(content, mode, latency, errorRate, changed, cookies);
    }

    public Behaviour withCookies(Map<String, String> changed) {
        return new Behaviour(content, mode, latency, errorRate, fillRate, changed);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed is 0 to 1");
        }
    }
}
