package millrace.cli.vast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import millrace.upstream.vast.document.AdDefinition;
import millrace.upstream.vast.document.Category;
import millrace.upstream.vast.document.CompanionAds;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.UniversalAdId;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.Verification;
import millrace.upstream.vast.document.ViewableImpression;

/** One ad as {@code vast inspect} prints it. */
record AdJson(VastAd ad) {

    /** Every field is there for every ad; what does not apply is null, zero or empty. */
    ObjectNode node() {
        ObjectNode node = DocumentJson.JSON.objectNode();
        DocumentJson.putText(node, "id", ad.id());
        node.put("sequence", ad.isStandAlone() ? null : ad.sequence());
        DocumentJson.putText(node, "type", type());
        DocumentJson.putText(node, "adType", ad.head().adType());
        AdDefinition definition = ad instanceof VastAd.Usable usable ? usable.definition() : AdDefinition.EMPTY;
        List<Linear> linears = definition.creatives().stream()
                .flatMap(c -> c.linear().stream())
                .toList();
        addCounts(node, definition.creatives(), linears);
        addCalls(node, definition, linears);
        addDescription(node, definition);
        node.put("mezzanines", sum(linears, Linear::mezzanines));
        node.put("captions", sum(linears, Linear::captions));
        addRules(node);
        return node;
    }

    /** An Ad that is neither has none. */
    private String type() {
        return switch (ad) {
            case VastAd.InLine _ -> "inline";
            case VastAd.Wrapper _ -> "wrapper";
            case VastAd.Unreadable _ -> "";
        };
    }

    private static void addCounts(ObjectNode node, List<Creative> creatives, List<Linear> linears) {
        node.put("creatives", creatives.size());
        node.put("linears", linears.size());
        node.put("nonLinears", sum(nonLinears(creatives), NonLinearAds::ads));
        node.put("companions", sum(companions(creatives), CompanionAds::companions));
        node.put("mediaFiles", sum(linears, Linear::media));
        node.put("icons", sum(linears, Linear::icons));
    }

    private static void addCalls(ObjectNode node, AdDefinition definition, List<Linear> linears) {
        node.set("impressions", urls(definition.impressions().stream()));
        node.set("errors", DocumentJson.texts(definition.errors()));
        ObjectNode tracking = node.putObject("tracking");
        tracking(definition.creatives(), linears)
                .forEach(t -> array(tracking, t.event()).add(t.url()));
        Optional<String> through = linears.stream()
                .flatMap(l -> l.clicks().through().stream())
                .map(Link::url)
                .findFirst();
        DocumentJson.putText(node, "clickThrough", through.orElse(""));
        node.set("clickTracking", urls(linears.stream().flatMap(l -> l.clicks().tracking().stream())));
        node.set("customClick", urls(linears.stream().flatMap(l -> l.clicks().custom().stream())));
    }

    /** An event's name is the document's: it is a field, whatever is in it. */
    private static ArrayNode array(ObjectNode node, String field) {
        return node.get(field) instanceof ArrayNode there ? there : node.putArray(field);
    }

    /** Of the linear creatives; of the others when there is no linear one, so that equal names do not run together. */
    private static Stream<Tracking> tracking(List<Creative> creatives, List<Linear> linears) {
        return linears.isEmpty()
                ? nonLinears(creatives).stream().flatMap(n -> n.tracking().stream())
                : linears.stream().flatMap(l -> l.tracking().stream());
    }

    private void addDescription(ObjectNode node, AdDefinition definition) {
        node.set("categories", texts(ad instanceof VastAd.InLine i ? i.categories() : List.of(), Category::value));
        node.set("verifications", texts(definition.verifications(), Verification::vendor));
        List<UniversalAdId> ids = definition.creatives().stream()
                .flatMap(c -> c.universalIds().stream())
                .toList();
        node.set("universalAdIds", texts(ids, AdJson::universalId));
        node.set("extensions", texts(definition.extensions(), Extension::type));
        ArrayNode viewable = node.putArray("viewable");
        definition.viewable().ifPresent(v -> viewable.add(viewable(v)));
    }

    private static ObjectNode viewable(ViewableImpression impression) {
        ObjectNode node = DocumentJson.JSON.objectNode();
        DocumentJson.putText(node, "id", impression.id());
        node.set("viewable", DocumentJson.texts(impression.viewable()));
        node.set("notViewable", DocumentJson.texts(impression.notViewable()));
        node.set("viewUndetermined", DocumentJson.texts(impression.undetermined()));
        return node;
    }

    private void addRules(ObjectNode node) {
        Optional<VastAd.Wrapper> wrapper = ad instanceof VastAd.Wrapper w ? Optional.of(w) : Optional.empty();
        DocumentJson.putText(
                node, "wrapperUri", wrapper.map(VastAd.Wrapper::tagUri).orElse(""));
        node.put("followAdditionalWrappers", wrapper.map(VastAd.Wrapper::follow).orElse(null));
        node.put("allowMultipleAds", wrapper.map(VastAd.Wrapper::multiple).orElse(null));
        node.put("fallbackOnNoAd", wrapper.flatMap(VastAd.Wrapper::fallback).orElse(null));
    }

    /** As the macro UNIVERSALADID has it. */
    private static String universalId(UniversalAdId id) {
        return (id.registry() + " " + id.value()).strip();
    }

    private static List<NonLinearAds> nonLinears(List<Creative> creatives) {
        return creatives.stream().flatMap(c -> c.nonLinear().stream()).toList();
    }

    private static List<CompanionAds> companions(List<Creative> creatives) {
        return creatives.stream().flatMap(c -> c.companions().stream()).toList();
    }

    private static <T> int sum(List<T> items, Function<T, ? extends Collection<?>> part) {
        return items.stream().mapToInt(item -> part.apply(item).size()).sum();
    }

    private static ArrayNode urls(Stream<Link> links) {
        return DocumentJson.texts(links.map(Link::url).toList());
    }

    private static <T> ArrayNode texts(List<T> items, Function<T, String> text) {
        return DocumentJson.texts(items.stream().map(text).toList());
    }
}
