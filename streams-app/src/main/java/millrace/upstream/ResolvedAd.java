package millrace.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.schemas.Media;
import millrace.schemas.Tracker;
import millrace.upstream.vast.writer.AdMarkup;

/**
 * An ad as an upstream gave it, merged over its wrapper chain.
 *
 * @param creative creative id: universal ad id, else the creative's ad id, else its id, else the ad's
 * @param sequence place in the upstream's pod, 1 or more; 0 when it stands alone
 * @param advertiser who advertises, when the document says so
 * @param markup the inline document as it came, when that is wanted
 * @param document the merged ad as VAST, when that is wanted
 * @param trackers every hop's, outer wrapper first
 * @param unserved who is told when it is not shown
 */
public record ResolvedAd(
        String creative,
        int sequence,
        Optional<String> advertiser,
        Optional<String> adId,
        Optional<String> title,
        Optional<Duration> duration,
        Optional<String> markup,
        Optional<AdMarkup> document,
        List<Media> media,
        Optional<String> clickThrough,
        List<Tracker> trackers,
        List<String> categories,
        Unserved unserved) {

    /**
     * Calls that are owed when an ad is not shown, macros substituted.
     *
     * @param notUsed it will never be shown
     * @param cut the break was too short for it
     */
    public record Unserved(List<String> notUsed, List<ErrorPing> cut) {
        public static final Unserved NOBODY = new Unserved(List.of(), List.of());

        public Unserved {
            notUsed = List.copyOf(notUsed);
            cut = List.copyOf(cut);
        }
    }

    public ResolvedAd {
        media = List.copyOf(media);
        trackers = List.copyOf(trackers);
        categories = List.copyOf(categories);
    }
}
