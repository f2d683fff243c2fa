package millrace.devkit.upstreams;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of a {@link Latency}. */
final class LatencyText {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(us|ms|s)");
    private static final Pattern LOG_NORMAL = Pattern.compile("lognormal\\(([^,]+),([^)]+)\\)");

    private LatencyText() {}

    static Latency parse(String text) {
        Matcher logNormal = LOG_NORMAL.matcher(text);
        if (logNormal.matches()) {
            return new Latency.LogNormal(duration(logNormal.group(1), text), number(logNormal.group(2), text));
        }
        int dots = text.indexOf("..");
        return dots < 0
                ? new Latency.Fixed(duration(text, text))
                : new Latency.Uniform(
                        duration(text.substring(0, dots), text), duration(text.substring(dots + 2), text));
    }

    /** In the largest of s, ms and us that needs no fraction; below a microsecond is left out. */
    static String of(Duration value) {
        long micros = value.toNanos() / 1000;
        if (micros % 1_000_000 == 0 && micros > 0) {
            return micros / 1_000_000 + "s";
        }
        return micros % 1000 == 0 ? micros / 1000 + "ms" : micros + "us";
    }

    private static Duration duration(String part, String whole) {
        Matcher matcher = DURATION.matcher(part.strip());
        if (!matcher.matches()) {
            throw unreadable(whole);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> Duration.ofNanos(amount * 1000);
            case "ms" -> Duration.ofMillis(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    private static double number(String part, String whole) {
        try {
            return Double.parseDouble(part.strip());
        } catch (NumberFormatException e) {
            throw unreadable(whole);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "latency is '" + text + "'; allowed is like 50ms, 5ms..35ms or lognormal(40ms,0.5), in us, ms or s");
    }
}
