package millrace.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.schemas.Media;
import millrace.schemas.Tracker;

/**
 * An ad as an upstream gave it, merged over its wrapper chain.
 *
 * @param creative creative id: universal ad id, else the creative's ad id, else its id, else the ad's
 * @param sequence place in the upstream's pod, 1 or more; 0 when it stands alone
 * @param advertiser who advertises, when the document says so
 * @param markup the inline document as it came
 * @param trackers every hop's, outer wrapper first
 */
public record ResolvedAd(
        String creative,
        int sequence,
        Optional<String> advertiser,
        Optional<String> adId,
        Optional<String> title,
        Optional<Duration> duration,
        Optional<String> markup,
        List<Media> media,
        Optional<String> clickThrough,
        List<Tracker> trackers,
        List<String> categories) {

    public ResolvedAd {
        media = List.copyOf(media);
        trackers = List.copyOf(trackers);
        categories = List.copyOf(categories);
    }
}
