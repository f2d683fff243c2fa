package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import millrace.upstream.vast.document.Companion;
import millrace.upstream.vast.document.CompanionAds;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.NonLinear;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VideoClicks;

/**
 * What the creatives of wrappers add to those of an ad (VAST 4.3, 2.3.5.2 and 3.19). A wrapper's linear trackers go to every
 * linear ad behind it, its nonlinear ones to every nonlinear ad.
 *
 * @param wrappers outer first
 */
record WrapperCreatives(List<VastAd.Wrapper> wrappers) {

    Linear linear(Linear own) {
        List<Linear> all = all(Creative::linear, own);
        return new Linear(
                own.skipOffset(),
                own.duration(),
                own.parameters(),
                own.media(),
                own.mezzanines(),
                union(all, Linear::interactive),
                own.captions(),
                union(all, Linear::tracking),
                clicks(all),
                icons(all));
    }

    /** The click leads where the ad says, else where the closest wrapper says. */
    private static VideoClicks clicks(List<Linear> all) {
        Optional<Link> through =
                all.stream().flatMap(l -> l.clicks().through().stream()).reduce((outer, inner) -> inner);
        return new VideoClicks(
                through,
                union(all, l -> l.clicks().tracking()),
                union(all, l -> l.clicks().custom()));
    }

    /** All are shown; of one program the closest to the ad (3.11). */
    private static List<Icon> icons(List<Linear> all) {
        List<Icon> kept = new ArrayList<>();
        Set<String> programs = new HashSet<>();
        for (Linear level : all.reversed()) {
            List<Icon> here = level.icons().stream()
                    .filter(icon -> icon.program().isEmpty() || !programs.contains(icon.program()))
                    .toList();
            kept.addAll(here);
            here.forEach(icon -> programs.add(icon.program()));
        }
        return kept;
    }

    NonLinearAds nonLinear(NonLinearAds own) {
        List<NonLinearAds> all = all(Creative::nonLinear, own);
        List<Link> clicks = all.subList(0, all.size() - 1).stream()
                .flatMap(level -> level.ads().stream())
                .flatMap(ad -> ad.clickTracking().stream())
                .toList();
        List<NonLinear> ads = own.ads().stream()
                .map(ad -> ad.withClickTracking(plus(clicks, ad.clickTracking())))
                .toList();
        return new NonLinearAds(union(all, NonLinearAds::tracking), ads);
    }

    /**
     * The ad's own companions, told of the wrappers' trackers, then those of wrappers that take no place of one, the closest
     * wrapper first (3.13.4). A click on a companion of the ad is told to every wrapper; views
     * only to wrapper companions without a resource, which are there for their trackers alone.
     */
    CompanionAds companions(CompanionAds own) {
        List<Companion> outer = wrapperCompanions();
        List<Link> clicks =
                outer.stream().flatMap(c -> c.clickTracking().stream()).toList();
        List<Tracking> views = bare(outer).flatMap(c -> c.tracking().stream()).toList();
        List<Companion> shown = new ArrayList<>();
        own.companions()
                .forEach(c -> shown.add(c.withTrackers(plus(clicks, c.clickTracking()), plus(views, c.tracking()))));
        for (Companion other : outer.reversed()) {
            if (!other.resources().isEmpty() && shown.stream().noneMatch(c -> samePlace(c, other))) {
                shown.add(other);
            }
        }
        return new CompanionAds(own.required(), shown);
    }

    /** Of an ad without companions: those of wrappers, as a creative of their own. */
    Optional<Creative> companions() {
        CompanionAds shown = companions(new CompanionAds("", List.of()));
        return shown.companions().isEmpty()
                ? Optional.empty()
                : Optional.of(new Creative(
                        "",
                        "",
                        Optional.empty(),
                        "",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(shown)));
    }

    private static Stream<Companion> bare(List<Companion> companions) {
        return companions.stream().filter(c -> c.resources().isEmpty());
    }

    private static boolean samePlace(Companion one, Companion other) {
        return one.adSlotId().equals(other.adSlotId())
                && one.width().equals(other.width())
                && one.height().equals(other.height());
    }

    private List<Companion> wrapperCompanions() {
        return wrappers.stream()
                .flatMap(w -> w.creatives().stream())
                .flatMap(c -> c.companions().stream())
                .flatMap(ads -> ads.companions().stream())
                .toList();
    }

    private <T> List<T> all(Function<Creative, Optional<T>> kind, T own) {
        Stream<T> outer = wrappers.stream()
                .flatMap(w -> w.creatives().stream())
                .flatMap(creative -> kind.apply(creative).stream());
        return Stream.concat(outer, Stream.of(own)).toList();
    }

    private static <L, T> List<T> union(List<L> levels, Function<L, List<T>> items) {
        return levels.stream().flatMap(level -> items.apply(level).stream()).toList();
    }

    private static <T> List<T> plus(List<T> outer, List<T> own) {
        return Stream.concat(outer.stream(), own.stream()).toList();
    }
}
