package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import millrace.upstream.vast.document.AdDefinition;
import millrace.upstream.vast.document.AdHead;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.ViewableImpression;

/**
 * An ad with what its wrappers add, as one inline ad (VAST 4.3, 2.3.5.2): every level's calls, outer wrapper first, none
 * dropped and none made one with another; the price is the outermost one (3.4.8); what names the ad is its own. Macros stay.
 *
 * @param ad whole; of the creative that fits, only the media that fit, the chosen one first
 * @param fitting place of that creative among the ad's
 */
public record MergedAd(VastAd.InLine ad, int fitting) {

    static MergedAd of(WrapperPath path, VastAd.InLine inline, int sequence, SlotFit.Verdict.Fits fits) {
        int fitting = inline.creatives().indexOf(fits.creative());
        return new MergedAd(new Merging(path, inline, sequence, fitting, fits.media()).ad(), fitting);
    }

    /** The creative that fits the slot. */
    public Creative creative() {
        return ad.creatives().get(fitting);
    }

    /** Its linear part, with all trackers. */
    public Linear linear() {
        return creative().linear().orElseThrow();
    }

    private record Merging(WrapperPath path, VastAd.InLine inline, int sequence, int fitting, List<MediaFile> media) {

        VastAd.InLine ad() {
            AdDefinition merged = new AdDefinition(
                    inline.definition().system(),
                    levels().flatMap(level -> level.pricing().stream()).findFirst(),
                    union(AdDefinition::impressions),
                    errors(),
                    viewable(),
                    union(AdDefinition::verifications),
                    union(AdDefinition::extensions),
                    creatives());
            AdHead own = inline.head();
            return new VastAd.InLine(
                    new AdHead(own.id(), sequence, own.adType(), own.conditional()),
                    merged,
                    inline.servingId(),
                    inline.title(),
                    inline.description(),
                    inline.advertiser(),
                    inline.categories(),
                    inline.survey(),
                    inline.expires(),
                    inline.markup());
        }

        private Stream<AdDefinition> levels() {
            return Stream.concat(
                    path.wrappers().stream().map(VastAd.Wrapper::definition), Stream.of(inline.definition()));
        }

        /** The break that an ad is in is told of its errors too (VMAP 1.0.1, 2.5). */
        private List<String> errors() {
            return Stream.concat(path.breakErrors().stream(), union(AdDefinition::errors).stream())
                    .toList();
        }

        private <T> List<T> union(Function<AdDefinition, List<T>> items) {
            return levels().flatMap(level -> items.apply(level).stream()).toList();
        }

        private Optional<ViewableImpression> viewable() {
            List<ViewableImpression> all =
                    levels().flatMap(level -> level.viewable().stream()).toList();
            return all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ViewableImpression(
                            all.getLast().id(),
                            urls(all, ViewableImpression::viewable),
                            urls(all, ViewableImpression::notViewable),
                            urls(all, ViewableImpression::undetermined)));
        }

        private static List<String> urls(
                List<ViewableImpression> all, Function<ViewableImpression, List<String>> which) {
            return all.stream().flatMap(one -> which.apply(one).stream()).toList();
        }

        private List<Creative> creatives() {
            WrapperCreatives added = new WrapperCreatives(path.wrappers());
            List<Creative> merged = new ArrayList<>();
            boolean companions = false;
            for (int i = 0; i < inline.creatives().size(); i++) {
                Creative own = inline.creatives().get(i);
                boolean fits = i == fitting;
                merged.add(new Creative(
                        own.id(),
                        own.adId(),
                        own.sequence(),
                        own.apiFramework(),
                        own.universalIds(),
                        own.extensions(),
                        own.linear().map(linear -> added.linear(fits ? linear.withMedia(media) : linear)),
                        own.nonLinear().map(added::nonLinear),
                        own.companions().map(added::companions)));
                companions |= own.companions().isPresent();
            }
            if (!companions) {
                added.companions().ifPresent(merged::add);
            }
            return merged;
        }
    }
}
