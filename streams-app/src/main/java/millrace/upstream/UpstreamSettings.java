package millrace.upstream;

import millrace.upstream.http.HttpSettings;
import millrace.upstream.http.KeptAnswers;
import millrace.upstream.vast.VastAnswers;
import millrace.upstream.vast.VastLimits;

/**
 * How the room asks.
 *
 * @param keeping how much of answers is kept for all upstreams together
 * @param userAgent how the service names itself to ad servers, printable ASCII of 1 to 200 characters
 */
public record UpstreamSettings(
        HttpSettings http, VastLimits vast, VastAnswers answers, KeptAnswers.Limits keeping, String userAgent) {

    /** With the usual room for answers. */
    public UpstreamSettings(HttpSettings http, VastLimits vast, VastAnswers answers, String userAgent) {
        this(http, vast, answers, KeptAnswers.Limits.USUAL, userAgent);
    }

    public UpstreamSettings {
        boolean printable = userAgent.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (userAgent.isBlank() || userAgent.length() > 200 || !printable) {
            throw new IllegalArgumentException("upstream userAgent is not 1 to 200 printable ASCII characters");
        }
        if (vast.document().maxBytes() < http.maxResponseBytes()) {
            throw new IllegalArgumentException("vast maxBytes is "
                    + vast.document().maxBytes() + "; at least upstream maxResponseBytes, " + http.maxResponseBytes());
        }
    }

    /** What a deployment has that sets nothing. */
    public static UpstreamSettings defaults() {
        return new UpstreamSettings(
                HttpSettings.defaults(), VastLimits.defaults(), VastAnswers.defaults(), "Millrace/0.1");
    }
}
