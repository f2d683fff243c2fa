package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import millrace.schemas.Media;
import millrace.schemas.Tracker;
import millrace.upstream.ResolvedAd;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.UniversalAdId;
import millrace.upstream.vast.document.VastAd;

/**
 * An ad with what its wrappers add (VAST 4.3, 2.3.5.2): every level's trackers, outer first, none dropped; the click
 * leads where the ad says, else where the closest wrapper says; all the rest is the ad's own. Macros stay in trackers:
 * the player knows them.
 */
record Merge(List<VastAd.Wrapper> wrappers, VastAd.InLine inline, SlotFit.Verdict.Fits fits) {

    /** Longest creative id that is made of a media URL. */
    private static final int MAX_ID = 256;

    ResolvedAd ad() {
        return new ResolvedAd(
                creativeId(),
                text(inline.advertiser().name()),
                text(inline.id()),
                text(inline.title()),
                fits.linear().duration(),
                text(inline.markup()),
                fits.media().stream().map(Merge::media).toList(),
                clickThrough(),
                trackers(),
                inline.categoryCodes());
    }

    /** Characters in all tracker URLs together. */
    int trackerText() {
        return trackers().stream().mapToInt(t -> t.getUrl().length()).sum();
    }

    private List<Tracker> trackers() {
        List<Tracker> all = new ArrayList<>();
        each(Merge::impressions, impressions(inline)).forEach(u -> all.add(tracker("impression", u)));
        each(VastAd.Wrapper::errors, inline.errors()).forEach(u -> all.add(tracker("error", u)));
        linears()
                .flatMap(l -> l.tracking().stream())
                .forEach(t -> all.add(new Tracker(t.event(), t.url(), t.offset().isEmpty() ? null : t.offset())));
        linears().flatMap(l -> l.clicks().tracking().stream()).forEach(click -> all.add(tracker("click", click.url())));
        return all;
    }

    private Stream<String> each(Function<VastAd.Wrapper, List<String>> ofWrapper, List<String> own) {
        return Stream.concat(wrappers.stream().flatMap(w -> ofWrapper.apply(w).stream()), own.stream());
    }

    /** A wrapper's linear trackers go to every linear ad behind it. */
    private Stream<Linear> linears() {
        return Stream.concat(wrappers.stream().flatMap(VastAd.Wrapper::linears), Stream.of(fits.linear()));
    }

    private static List<String> impressions(VastAd.Usable ad) {
        return ad.impressions().stream().map(Link::url).toList();
    }

    private static Media media(MediaFile file) {
        return new Media(
                file.url(),
                file.type(),
                file.width().orElse(null),
                file.height().orElse(null),
                file.bitrateKbps().orElse(null),
                text(file.delivery()).orElse(null),
                text(file.codec()).orElse(null),
                text(file.apiFramework()).orElse(null));
    }

    private Optional<String> clickThrough() {
        return linears()
                .flatMap(l -> l.clicks().through().stream())
                .reduce((outer, inner) -> inner)
                .map(Link::url);
    }

    private String creativeId() {
        Creative creative = fits.creative();
        Stream<String> universal =
                creative.universalIds().stream().filter(UniversalAdId::isKnown).map(UniversalAdId::value);
        return Stream.concat(universal, Stream.of(creative.adId(), creative.id(), inline.id()))
                .filter(id -> !id.isBlank())
                .findFirst()
                .orElseGet(this::idOfMedia);
    }

    private String idOfMedia() {
        String url = fits.media().getFirst().url();
        return url.substring(0, Math.min(MAX_ID, url.length()));
    }

    private static Optional<String> text(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static Tracker tracker(String event, String url) {
        return new Tracker(event, url, null);
    }
}
