package millrace.delivery;

import java.util.List;
import java.util.Optional;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Tracker;
import millrace.upstream.ResolvedAd;

/** What is shown, whoever it came from. */
public record Material(
        String creative,
        Optional<String> advertiser,
        Optional<String> upstream,
        Optional<String> adId,
        Optional<String> title,
        Optional<Integer> durationMillis,
        Optional<String> markup,
        List<Media> media,
        Optional<String> clickThrough,
        List<Tracker> trackers) {

    public Material {
        media = List.copyOf(media);
        trackers = List.copyOf(trackers);
    }

    /** Characters that an answer holds for it, about. */
    public int characters() {
        int characters = markup.map(String::length).orElse(0);
        for (Tracker tracker : trackers) {
            characters += tracker.getUrl().length();
        }
        for (Media file : media) {
            characters += file.getUrl().length();
        }
        return characters;
    }

    /** An ad that an upstream gave. */
    public static Material of(ResolvedAd ad, String upstream) {
        return new Material(
                ad.creative(),
                ad.advertiser(),
                Optional.of(upstream),
                ad.adId(),
                ad.title(),
                ad.duration().map(duration -> Math.clamp(duration.toMillis(), 0, Integer.MAX_VALUE)),
                ad.markup(),
                ad.media(),
                ad.clickThrough(),
                ad.trackers());
    }

    /** A campaign's own creative, or a placement's house ad. */
    public static Material of(Creative creative) {
        return new Material(
                creative.getId(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(creative.getTitle()),
                Optional.of(creative.getDurationMillis()),
                Optional.ofNullable(creative.getMarkup()),
                creative.getMedia(),
                Optional.ofNullable(creative.getClickThrough()),
                creative.getTrackers());
    }
}
