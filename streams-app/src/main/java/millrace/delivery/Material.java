package millrace.delivery;

import java.util.List;
import java.util.Optional;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Tracker;
import millrace.upstream.ResolvedAd;
import millrace.upstream.vast.writer.AdMarkup;

/** What is shown, whoever it came from. */
public record Material(
        String creative,
        Optional<String> advertiser,
        Optional<String> upstream,
        Optional<String> adId,
        Optional<String> title,
        Optional<Integer> durationMillis,
        Optional<String> markup,
        Optional<AdMarkup> document,
        List<Media> media,
        Optional<String> clickThrough,
        List<Tracker> trackers,
        List<String> categories) {

    private static final int ID_CHARACTERS = 1_024;
    private static final int TOKEN_CHARACTERS = 48;
    private static final int TRACKER_OVERHEAD = 8;
    private static final int MEDIA_OVERHEAD = 32;

    public Material {
        media = List.copyOf(media);
        trackers = List.copyOf(trackers);
        categories = List.copyOf(categories);
    }

    /** Characters that an answer holds for it, about: whatever comes from others is counted. */
    public int characters() {
        int characters = creative.length()
                + length(advertiser)
                + length(adId)
                + length(title)
                + length(markup)
                + document.map(text -> text.characters(TOKEN_CHARACTERS)).orElse(0)
                + length(clickThrough);
        for (Tracker tracker : trackers) {
            characters += TRACKER_OVERHEAD
                    + tracker.getUrl().length()
                    + tracker.getEvent().length()
                    + length(Optional.ofNullable(tracker.getOffset()));
        }
        for (String category : categories) {
            characters += category.length();
        }
        for (Media file : media) {
            characters += MEDIA_OVERHEAD
                    + file.getUrl().length()
                    + file.getMime().length()
                    + length(Optional.ofNullable(file.getDelivery()))
                    + length(Optional.ofNullable(file.getCodec()))
                    + length(Optional.ofNullable(file.getApiFramework()));
        }
        return characters;
    }

    /** The same with a document of its own. */
    Material with(AdMarkup ownDocument) {
        return new Material(
                creative,
                advertiser,
                upstream,
                adId,
                title,
                durationMillis,
                Optional.empty(),
                Optional.of(ownDocument),
                media,
                clickThrough,
                trackers,
                categories);
    }

    /** The same under the names that its bid gives. */
    public Material named(String ownCreative, Optional<String> ownAdvertiser) {
        return new Material(
                ownCreative,
                ownAdvertiser.or(() -> advertiser),
                upstream,
                adId,
                title,
                durationMillis,
                markup,
                document,
                media,
                clickThrough,
                trackers,
                categories);
    }

    /** Markup of a bid that is shown as it is: a banner, or a native ad. */
    public static Material ofBid(String creative, Optional<String> advertiser, String upstream, String markup) {
        return new Material(
                creative,
                advertiser,
                Optional.of(upstream),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(markup),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** The same as fields only. */
    Material without() {
        return new Material(
                creative,
                advertiser,
                upstream,
                adId,
                title,
                durationMillis,
                Optional.empty(),
                Optional.empty(),
                media,
                clickThrough,
                trackers,
                categories);
    }

    /** Whether its ids can be stored: they go into every record about it. */
    public boolean hasStorableIds() {
        return creative.length() <= ID_CHARACTERS && length(advertiser) <= ID_CHARACTERS;
    }

    private static int length(Optional<String> text) {
        return text.map(String::length).orElse(0);
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
                ad.document(),
                ad.media(),
                ad.clickThrough(),
                ad.trackers(),
                ad.categories());
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
                Optional.empty(),
                creative.getMedia(),
                Optional.ofNullable(creative.getClickThrough()),
                creative.getTrackers(),
                List.of());
    }
}
