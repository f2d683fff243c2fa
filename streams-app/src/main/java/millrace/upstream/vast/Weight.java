package millrace.upstream.vast;

import java.util.List;
import java.util.stream.Stream;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.ViewableImpression;

/** How many characters of trackers an ad has, with those of its wrappers: a hostile chain must not make a huge answer of them. */
final class Weight {
    private Weight() {}

    static int trackers(List<VastAd.Wrapper> wrappers, VastAd.InLine ad) {
        return of(ad) + wrappers.stream().mapToInt(Weight::of).sum();
    }

    private static int of(VastAd.Usable ad) {
        Stream<String> viewable = ad.definition().viewable().stream().flatMap(Weight::urls);
        int definition = links(ad.impressions()) + texts(ad.errors().stream()) + texts(viewable);
        return definition + ad.creatives().stream().mapToInt(Weight::of).sum();
    }

    private static int of(Creative creative) {
        int linear = creative.linear()
                .map(l -> events(l.tracking())
                        + links(l.clicks().tracking())
                        + links(l.clicks().custom())
                        + texts(l.icons().stream().flatMap(icon -> icon.views().stream())))
                .orElse(0);
        int nonLinear = creative.nonLinear()
                .map(n -> events(n.tracking())
                        + n.ads().stream()
                                .mapToInt(one -> links(one.clickTracking()))
                                .sum())
                .orElse(0);
        int companions = creative.companions().stream()
                .flatMap(c -> c.companions().stream())
                .mapToInt(one -> links(one.clickTracking()) + events(one.tracking()))
                .sum();
        return linear + nonLinear + companions;
    }

    private static Stream<String> urls(ViewableImpression viewable) {
        return Stream.of(viewable.viewable(), viewable.notViewable(), viewable.undetermined())
                .flatMap(List::stream);
    }

    private static int links(List<Link> links) {
        return texts(links.stream().map(Link::url));
    }

    private static int events(List<Tracking> events) {
        return texts(events.stream().map(Tracking::url));
    }

    private static int texts(Stream<String> texts) {
        return texts.mapToInt(String::length).sum();
    }
}
