package millrace.cli.vast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.AdSource;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapDocument;

/** A document as {@code vast inspect} prints it; docs/vast.md has the fields. */
final class DocumentJson {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DocumentJson() {}

    static ObjectNode of(ParsedVast parsed) {
        return switch (parsed) {
            case VastDocument document -> node(document.version(), Optional.empty(), document.errors(), document.ads());
            case ParsedVast.Malformed(int code, String _) -> node("", Optional.of(code), List.of(), List.of());
            case VmapDocument vmap -> {
                ObjectNode node = node(vmap.version(), Optional.empty(), List.of(), List.of());
                ArrayNode breaks = node.putArray("breaks");
                vmap.breaks().forEach(adBreak -> breaks.add(node(adBreak)));
                yield node;
            }
        };
    }

    private static ObjectNode node(String version, Optional<Integer> error, List<String> errors, List<VastAd> ads) {
        ObjectNode node = JSON.objectNode();
        putText(node, "version", version);
        node.put("error", error.orElse(null));
        node.set("errors", texts(errors));
        node.set("ads", ads(ads));
        return node;
    }

    private static ObjectNode node(AdBreak adBreak) {
        ObjectNode node = JSON.objectNode();
        putText(node, "timeOffset", adBreak.timeOffset());
        putText(node, "breakId", adBreak.id());
        putText(node, "breakType", String.join(",", adBreak.types()));
        Optional<AdSource.Content> content = adBreak.source().flatMap(AdSource::content);
        putText(
                node,
                "adTagUri",
                content.map(c -> c instanceof AdSource.Tag tag ? tag.uri() : "").orElse(""));
        node.set("ads", ads(content.map(DocumentJson::adsOf).orElse(List.of())));
        return node;
    }

    private static List<VastAd> adsOf(AdSource.Content content) {
        return content instanceof AdSource.Ads(VastDocument document) ? document.ads() : List.of();
    }

    private static ArrayNode ads(List<VastAd> ads) {
        ArrayNode array = JSON.arrayNode();
        ads.forEach(ad -> array.add(new AdJson(ad).node()));
        return array;
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** What is absent is null. */
    static void putText(ObjectNode node, String name, String text) {
        if (text.isEmpty()) {
            node.putNull(name);
        } else {
            node.put(name, text);
        }
    }
}
