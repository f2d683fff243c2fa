package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.AdSource;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapDocument;

/** What can be counted in a document, in the columns and spellings of the corpus' manifest. */
record Facts(List<VastAd> ads, List<String> rootErrors, List<AdBreak> breaks) {

    static SortedMap<String, String> of(ParsedVast parsed) {
        return switch (parsed) {
            case VastDocument document -> {
                SortedMap<String, String> facts = new Facts(document.ads(), document.errors(), List.of()).all();
                facts.put("version", document.version());
                yield facts;
            }
            case VmapDocument vmap -> {
                SortedMap<String, String> facts = inBreaks(vmap).all();
                facts.put("version", vmap.version());
                yield facts;
            }
            case ParsedVast.Malformed malformed ->
                new TreeMap<>(Map.of("code", String.valueOf(malformed.code()), "reason", malformed.reason()));
        };
    }

    private static Facts inBreaks(VmapDocument vmap) {
        List<VastAd> ads = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        contents(vmap.breaks()).forEach(content -> {
            if (content instanceof AdSource.Ads(VastDocument document)) {
                ads.addAll(document.ads());
                errors.addAll(document.errors());
            }
        });
        return new Facts(ads, errors, vmap.breaks());
    }

    private SortedMap<String, String> all() {
        SortedMap<String, String> facts = new TreeMap<>();
        ads(facts);
        definitions(facts);
        linears(facts);
        others(facts);
        wrappers(facts);
        schedule(facts);
        return facts;
    }

    private void ads(Map<String, String> facts) {
        facts.put("ads", ads.size() + "");
        facts.put("inline", inlines().size() + "");
        facts.put("wrapper", only(VastAd.Wrapper.class).size() + "");
        facts.put("ad_ids", joined(ads, ad -> ad.id().isEmpty() ? "-" : ad.id()));
        facts.put("sequences", joined(ads, ad -> ad.sequence() == 0 ? "-" : ad.sequence() + ""));
        facts.put(
                "adtypes",
                ads.stream()
                        .map(ad -> ad.head().adType())
                        .filter(t -> !t.isEmpty())
                        .collect(Collectors.joining(",")));
        facts.put("errors_root", rootErrors.size() + "");
    }

    private void definitions(Map<String, String> facts) {
        List<VastAd.Usable> usable = only(VastAd.Usable.class);
        facts.put("impressions_nonempty", sum(usable, a -> a.impressions().size()));
        facts.put("errors_ad", sum(usable, a -> a.errors().size()));
        facts.put("extensions", sum(usable, a -> a.definition().extensions().size()));
        facts.put("viewable", sum(usable, a -> count(a.definition().viewable())));
        facts.put("verifications", sum(usable, a -> verifications(a, false)));
        facts.put("verif_in_ext", sum(usable, a -> verifications(a, true)));
        facts.put("categories", sum(inlines(), a -> a.categories().size()));
    }

    private void linears(Map<String, String> facts) {
        List<Linear> linears =
                creatives().stream().flatMap(c -> c.linear().stream()).toList();
        facts.put("linears", linears.size() + "");
        facts.put(
                "durations",
                linears.stream()
                        .flatMap(l -> l.duration().stream())
                        .map(d -> d.toMillis() + "")
                        .collect(Collectors.joining(",")));
        facts.put(
                "skipoffsets",
                linears.stream()
                        .map(Linear::skipOffset)
                        .filter(s -> !s.isEmpty())
                        .collect(Collectors.joining(",")));
        facts.put("mediafiles", sum(linears, l -> l.media().size()));
        facts.put("mezzanines", sum(linears, l -> l.mezzanines().size()));
        facts.put("interactive", sum(linears, l -> l.interactive().size()));
        facts.put("captions", sum(linears, l -> l.captions().size()));
        facts.put("icons", sum(linears, l -> l.icons().size()));
        facts.put("tracking_linear", events(linears.stream().flatMap(l -> l.tracking().stream())));
        facts.put("clickthrough", sum(linears, l -> count(l.clicks().through())));
        facts.put("clicktracking", sum(linears, l -> l.clicks().tracking().size()));
        facts.put("customclick", sum(linears, l -> l.clicks().custom().size()));
    }

    private void others(Map<String, String> facts) {
        List<Creative> creatives = creatives();
        List<NonLinearAds> nonLinears =
                creatives.stream().flatMap(c -> c.nonLinear().stream()).toList();
        facts.put("creatives", creatives.size() + "");
        facts.put("uaid", sum(creatives, c -> c.universalIds().size()));
        facts.put("creative_ext", sum(creatives, c -> c.extensions().size()));
        facts.put("nonlinears", sum(nonLinears, n -> n.ads().size()));
        facts.put("tracking_nonlinear", events(nonLinears.stream().flatMap(n -> n.tracking().stream())));
        facts.put(
                "companions",
                sum(
                        creatives,
                        c -> c.companions().map(a -> a.companions().size()).orElse(0)));
        facts.put(
                "tracking_companion",
                events(creatives.stream()
                        .flatMap(c -> c.companions().stream())
                        .flatMap(a -> a.companions().stream())
                        .flatMap(c -> c.tracking().stream())));
    }

    private void wrappers(Map<String, String> facts) {
        List<VastAd.Wrapper> wrappers = only(VastAd.Wrapper.class);
        facts.put("wrapper_uris", wrappers.stream().map(VastAd.Wrapper::tagUri).collect(Collectors.joining(" | ")));
        facts.put(
                "wrapper_attrs",
                wrappers.stream()
                        .map(w -> w.follow() + "," + w.multiple() + ","
                                + w.fallback().map(String::valueOf).orElse("-"))
                        .collect(Collectors.joining(" | ")));
    }

    private void schedule(Map<String, String> facts) {
        facts.put("breaks", breaks.isEmpty() ? "" : breaks.size() + "");
        facts.put("offsets", joined(breaks, AdBreak::timeOffset));
        facts.put("break_tracking", events(breaks.stream().flatMap(b -> b.tracking().stream())));
        facts.put(
                "adtag_uris",
                contents(breaks)
                        .filter(AdSource.Tag.class::isInstance)
                        .map(c -> ((AdSource.Tag) c).uri())
                        .collect(Collectors.joining(" ")));
        long custom = contents(breaks).filter(AdSource.Custom.class::isInstance).count();
        facts.put("custom_ad_data", breaks.isEmpty() ? "" : custom + "");
    }

    private static Stream<AdSource.Content> contents(List<AdBreak> breaks) {
        return breaks.stream().flatMap(b -> b.source().stream()).flatMap(s -> s.content().stream());
    }

    private List<VastAd.InLine> inlines() {
        return only(VastAd.InLine.class);
    }

    private <T> List<T> only(Class<T> kind) {
        return ads.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private List<Creative> creatives() {
        return only(VastAd.Usable.class).stream()
                .flatMap(a -> a.creatives().stream())
                .toList();
    }

    private static int verifications(VastAd.Usable ad, boolean inExtension) {
        return (int) ad.definition().verifications().stream()
                .filter(v -> v.inExtension() == inExtension)
                .count();
    }

    private static int count(Optional<?> one) {
        return one.isPresent() ? 1 : 0;
    }

    private static <T> String sum(List<T> items, ToIntFunction<T> count) {
        return items.stream().mapToInt(count).sum() + "";
    }

    private static <T> String joined(List<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining(","));
    }

    private static String events(Stream<Tracking> tracking) {
        Map<String, Integer> counts = new TreeMap<>();
        tracking.forEach(t -> counts.merge(t.event(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue())
                .collect(Collectors.joining(";"));
    }
}
