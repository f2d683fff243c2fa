package millrace.cli.vast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import millrace.upstream.vast.MergedAd;
import millrace.upstream.vast.VastOutcome;
import millrace.upstream.vast.document.Companion;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.Verification;
import millrace.upstream.vast.writer.AdMarkup;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;
import millrace.upstream.vast.writer.VastWriter;
import org.jspecify.annotations.Nullable;

/**
 * What came of a tag, as {@code vast resolve} prints it.
 *
 * @param gets URLs asked for
 * @param version of the merged document, when that is wanted too
 */
record OutcomeJson(VastOutcome outcome, List<String> gets, Optional<VastVersion> version) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    ObjectNode node() {
        ObjectNode node = JSON.objectNode();
        node.put("outcome", outcome.ads().isEmpty() ? "NO_AD" : "ADS");
        node.put("documentErrorCode", boxed());
        ArrayNode ads = node.putArray("ads");
        outcome.ads().forEach(ad -> ads.add(ad(ad)));
        node.set("gets", texts(gets.stream()));
        node.set("errorPings", texts(outcome.pings().stream().map(ping -> ping.url())));
        if (outcome.ads().isEmpty()) {
            outcome.trouble().ifPresent(why -> node.put("reason", why.text()));
        }
        version.ifPresent(v -> node.put("vast", document(v)));
        return node;
    }

    private @Nullable Integer boxed() {
        return outcome.documentError().isPresent() ? outcome.documentError().getAsInt() : null;
    }

    private String document(VastVersion version) {
        List<String> elements = outcome.ads().stream()
                .map(ad -> AdMarkup.of(ad.ad(), version, Beacons.NONE, UnaryOperator.identity())
                        .issued("unserved", ad.ad().sequence()))
                .toList();
        return VastWriter.document(elements, version);
    }

    private static ObjectNode ad(MergedAd merged) {
        ObjectNode node = JSON.objectNode();
        Linear linear = merged.linear();
        node.put("id", merged.ad().id());
        node.put("sequence", merged.ad().isStandAlone() ? null : merged.ad().sequence());
        node.set("impressions", urls(merged.ad().impressions()));
        node.set("errors", texts(merged.ad().errors().stream()));
        ObjectNode tracking = node.putObject("tracking");
        linear.tracking().forEach(t -> array(tracking, t.event()).add(t.url()));
        node.put("clickThrough", linear.clicks().through().map(Link::url).orElse(null));
        node.set("clickTracking", urls(linear.clicks().tracking()));
        node.set("customClick", urls(linear.clicks().custom()));
        node.set("mediaFiles", texts(linear.media().stream().map(MediaFile::url)));
        node.set("icons", texts(linear.icons().stream().map(Icon::program)));
        node.set(
                "verifications",
                texts(merged.ad().definition().verifications().stream().map(Verification::vendor)));
        node.set(
                "extensions",
                texts(merged.ad().definition().extensions().stream().map(Extension::type)));
        node.set("viewable", texts(merged.ad().definition().viewable().stream().flatMap(v -> v.viewable().stream())));
        node.set("companions_available", texts(companions(merged).map(OutcomeJson::companion)));
        return node;
    }

    private static Stream<Companion> companions(MergedAd merged) {
        return merged.ad().creatives().stream()
                .flatMap(creative -> creative.companions().stream())
                .flatMap(ads -> ads.companions().stream());
    }

    private static String companion(Companion companion) {
        return companion.resources().stream()
                .map(resource -> switch (resource) {
                    case Resource.Static file -> file.url();
                    case Resource.IFrame frame -> frame.url();
                    case Resource.Html html -> "html";
                })
                .findFirst()
                .orElse(companion.id());
    }

    /** An event's name is the document's: it is a field, whatever is in it. */
    private static ArrayNode array(ObjectNode node, String field) {
        return node.get(field) instanceof ArrayNode there ? there : node.putArray(field);
    }

    private static ArrayNode urls(Collection<Link> links) {
        return texts(links.stream().map(Link::url));
    }

    private static ArrayNode texts(Stream<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
