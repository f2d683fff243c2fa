package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import millrace.schemas.Tracker;
import millrace.upstream.ResolvedAd;

/**
 * An ad with what its wrappers add (VAST 4.3, 2.3.5.2): every level's trackers, outer first, none dropped; the click
 * leads where the ad says, else where the closest wrapper says; all the rest is the ad's own. Macros stay in trackers:
 * the player knows them.
 */
record Merge(List<VastAd.Wrapper> wrappers, VastAd.InLine inline, int sequence, SlotFit.Verdict.Fits fits) {

    /** Longest creative id that is made of a media URL. */
    private static final int MAX_ID = 256;

    ResolvedAd ad() {
        return new ResolvedAd(
                creativeId(),
                sequence,
                text(inline.advertiser()),
                text(inline.id()),
                text(inline.title()),
                fits.linear().duration(),
                text(inline.markup()),
                fits.media().stream().map(Linear.MediaFile::toMedia).toList(),
                clickThrough(),
                trackers(),
                inline.categories(),
                ResolvedAd.Unserved.NOBODY);
    }

    /** Characters in all tracker URLs together. */
    int trackerText() {
        return trackers().stream().mapToInt(t -> t.getUrl().length()).sum();
    }

    private List<Tracker> trackers() {
        List<Tracker> all = new ArrayList<>();
        each(VastAd.Wrapper::impressions, inline.impressions()).forEach(u -> all.add(tracker("impression", u)));
        each(VastAd.Wrapper::errors, inline.errors()).forEach(u -> all.add(tracker("error", u)));
        linears()
                .flatMap(l -> l.tracking().stream())
                .forEach(t -> all.add(new Tracker(t.event(), t.url(), t.offset().orElse(null))));
        linears().flatMap(l -> l.clickTracking().stream()).forEach(u -> all.add(tracker("click", u)));
        return all;
    }

    private Stream<String> each(Function<VastAd.Wrapper, List<String>> ofWrapper, List<String> own) {
        return Stream.concat(wrappers.stream().flatMap(w -> ofWrapper.apply(w).stream()), own.stream());
    }

    /** A wrapper's linear trackers go to every linear ad behind it. */
    private Stream<Linear> linears() {
        return Stream.concat(wrappers.stream().flatMap(Merge::linears), Stream.of(fits.linear()));
    }

    private static Stream<Linear> linears(VastAd.Wrapper wrapper) {
        return wrapper.creatives().stream().flatMap(c -> c.linear().stream());
    }

    private Optional<String> clickThrough() {
        return linears().flatMap(l -> l.clickThrough().stream()).reduce((outer, inner) -> inner);
    }

    private String creativeId() {
        VastAd.Creative creative = fits.creative();
        return Stream.concat(creative.universalIds().stream(), Stream.of(creative.adId(), creative.id(), inline.id()))
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
