package millrace.upstream.vast.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import millrace.upstream.vast.document.AdDefinition;
import millrace.upstream.vast.document.AdParameters;
import millrace.upstream.vast.document.Companion;
import millrace.upstream.vast.document.CompanionAds;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.NonLinear;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.Pricing;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.UniversalAdId;
import millrace.upstream.vast.document.VastAd;

/**
 * Writes one Ad with its InLine as VAST 2.0 or 3.0, in the order of their schemas. What those have no element for is left out, but for trackers and verifications:
 * they stand in extensions, where later readers find them. Used once.
 */
final class OlderAdWriter {
    private static final Set<String> PRICING_MODELS = Set.of("cpc", "cpm", "cpe", "cpv");
    private static final Set<String> REQUIRED = Set.of("all", "any", "none");
    /** What VAST 4 calls by another name. */
    private static final Map<String, String> OLDER_NAMES = Map.of(
            "playerExpand",
            "fullscreen",
            "playerCollapse",
            "exitFullscreen",
            "adExpand",
            "expand",
            "adCollapse",
            "collapse");

    private final Markup xml;
    private final VastVersion version;
    private final Beacons beacons;
    private final List<Tracking> further = new ArrayList<>();

    OlderAdWriter(Markup xml, VastVersion version, Beacons beacons) {
        this.xml = xml;
        this.version = version;
        this.beacons = beacons;
    }

    private boolean isThree() {
        return version == VastVersion.V3_0;
    }

    void write(VastAd.InLine ad) {
        AdDefinition definition = ad.definition();
        xml.open("Ad").required("id", ad.id());
        if (isThree()) {
            xml.blank(AdMarkup.Kind.SEQUENCE);
        }
        xml.open("InLine");
        xml.open("AdSystem")
                .attribute("version", definition.system().version())
                .text("AdSystem", otherwise(definition.system().name(), "unknown"));
        xml.open("AdTitle").text("AdTitle", otherwise(ad.title(), otherwise(ad.id(), "unknown")));
        xml.element("Description", ad.description());
        if (isThree()) {
            xml.element("Advertiser", ad.advertiser().name());
            definition.pricing().ifPresent(this::pricing);
        }
        ad.survey().ifPresent(survey -> xml.element("Survey", survey.url()));
        errors(definition.errors());
        impressions(definition.impressions());
        xml.open("Creatives");
        ad.creatives().forEach(this::creative);
        xml.close("Creatives");
        new FurtherWriter(xml).write(ad, definition.verifications(), definition.viewable(), further);
        xml.close("InLine").close("Ad");
    }

    private void pricing(Pricing pricing) {
        String model = pricing.model().toLowerCase(Locale.ROOT);
        boolean currency = pricing.currency().length() == 3
                && pricing.currency().toUpperCase(Locale.ROOT).chars().allMatch(c -> c >= 'A' && c <= 'Z');
        if (currency && PRICING_MODELS.contains(model) && Written.isDecimal(pricing.value())) {
            xml.open("Pricing")
                    .attribute("model", model)
                    .attribute("currency", pricing.currency())
                    .text("Pricing", pricing.value());
        }
    }

    /** The schemas have room for one: the ad's own, else ours. */
    private void errors(List<String> errors) {
        if (errors.isEmpty()) {
            beacons.base().ifPresent(base -> xml.open("Error").beacon("Error", base, Beacons.ERROR));
        } else {
            xml.calling("Error", errors.getFirst());
            errors.stream().skip(1).forEach(url -> further.add(new Tracking("error", "", url)));
        }
    }

    /** One at least is wanted. */
    private void impressions(List<Link> impressions) {
        boolean none = impressions.isEmpty() && beacons.base().isEmpty();
        List<Link> written = none ? List.of(new Link("", "about:blank")) : impressions;
        written.forEach(
                link -> xml.open("Impression").attribute("id", link.id()).call("Impression", link.url()));
        beacons.base()
                .ifPresent(base -> xml.open("Impression")
                        .attribute("id", "millrace")
                        .beacon("Impression", base, Beacons.IMPRESSION));
    }

    /** A Creative has one kind of ad here: of several, each gets its own. */
    private void creative(Creative creative) {
        creative.linear().ifPresent(linear -> {
            begin(creative);
            new OlderLinearWriter(xml, version, beacons, this).write(linear, creative.extensions());
            xml.close("Creative");
        });
        creative.nonLinear().filter(ads -> !ads.ads().isEmpty()).ifPresent(ads -> {
            begin(creative);
            nonLinears(ads);
            xml.close("Creative");
        });
        creative.companions().ifPresent(ads -> {
            begin(creative);
            companions(ads);
            xml.close("Creative");
        });
    }

    private void begin(Creative creative) {
        String universal = creative.universalIds().stream()
                .filter(UniversalAdId::isKnown)
                .map(UniversalAdId::value)
                .findFirst()
                .orElse("");
        xml.open("Creative")
                .attribute("id", creative.id())
                .attribute("sequence", creative.sequence())
                .attribute("AdID", otherwise(creative.adId(), universal));
    }

    private void companions(CompanionAds ads) {
        xml.open("CompanionAds");
        if (isThree()) {
            xml.attribute("required", Written.oneOf(REQUIRED, ads.required()));
        }
        ads.companions().forEach(this::companion);
        xml.close("CompanionAds");
    }

    private void companion(Companion companion) {
        xml.open("Companion")
                .attribute("id", companion.id())
                .required("width", companion.width().orElse(0).toString())
                .required("height", companion.height().orElse(0).toString())
                .attribute("expandedWidth", companion.expandedWidth())
                .attribute("expandedHeight", companion.expandedHeight())
                .attribute("apiFramework", companion.apiFramework());
        if (isThree()) {
            xml.attribute("assetWidth", companion.assetWidth())
                    .attribute("assetHeight", companion.assetHeight())
                    .attribute("adSlotId", companion.adSlotId());
        }
        resource(companion.resources());
        creativeExtensions(companion.extensions());
        tracking(companion.tracking(), Beacons.NONE);
        xml.element("CompanionClickThrough", companion.clickThrough());
        xml.element("AltText", companion.altText());
        companion.parameters().ifPresent(this::parameters);
        companion.clickTracking().forEach(link -> further.add(new Tracking("companionClick", "", link.url())));
        xml.close("Companion");
    }

    private void nonLinears(NonLinearAds ads) {
        xml.open("NonLinearAds");
        tracking(ads.tracking(), Beacons.NONE);
        ads.ads().forEach(this::nonLinear);
        xml.close("NonLinearAds");
    }

    private void nonLinear(NonLinear ad) {
        xml.open("NonLinear")
                .attribute("id", ad.id())
                .required("width", ad.width().orElse(0).toString())
                .required("height", ad.height().orElse(0).toString())
                .attribute("expandedWidth", ad.expandedWidth())
                .attribute("expandedHeight", ad.expandedHeight())
                .attribute("scalable", ad.scalable())
                .attribute("maintainAspectRatio", ad.maintainAspectRatio())
                .attribute("minSuggestedDuration", Written.time(ad.minSuggestedDuration()))
                .attribute("apiFramework", ad.apiFramework());
        resource(ad.resources());
        if (isThree()) {
            ad.clickTracking().forEach(link -> xml.calling("NonLinearClickTracking", link.url()));
        } else {
            ad.clickTracking().forEach(link -> further.add(new Tracking("nonLinearClick", "", link.url())));
        }
        xml.element("NonLinearClickThrough", ad.clickThrough());
        ad.parameters().ifPresent(this::parameters);
        xml.close("NonLinear");
    }

    /** One of a kind, where later versions take several. */
    void resource(List<Resource> resources) {
        resources.stream().findFirst().ifPresent(resource -> {
            switch (resource) {
                case Resource.Static(String type, String url) ->
                    xml.open("StaticResource").required("creativeType", type).text("StaticResource", url);
                case Resource.IFrame(String url) -> xml.element("IFrameResource", url);
                case Resource.Html(String html, boolean encoded) ->
                    xml.open("HTMLResource").text("HTMLResource", html);
            }
        });
    }

    void parameters(AdParameters parameters) {
        xml.open("AdParameters");
        if (isThree() && parameters.xmlEncoded()) {
            xml.attribute("xmlEncoded", "true");
        }
        xml.text("AdParameters", parameters.text());
    }

    void creativeExtensions(List<Extension> extensions) {
        if (isThree() && !extensions.isEmpty()) {
            xml.open("CreativeExtensions");
            extensions.forEach(extension -> xml.raw(new BoundPrefixes(extension.markup(), "").bound()));
            xml.close("CreativeExtensions");
        }
    }

    /** By the names of the version; what it has none for goes into an extension. */
    void tracking(List<Tracking> tracking, Beacons ours) {
        List<Tracking> named = new ArrayList<>();
        for (Tracking each : tracking) {
            String name = version.knows(each.event()) ? each.event() : OLDER_NAMES.getOrDefault(each.event(), "");
            if (version.knows(name)) {
                named.add(new Tracking(name, each.offset(), each.url()));
            } else {
                further.add(each);
            }
        }
        if (named.isEmpty() && ours.base().isEmpty()) {
            return;
        }
        xml.open("TrackingEvents");
        named.forEach(this::tracker);
        ours.base()
                .ifPresent(base -> Beacons.EVENTS.forEach(
                        event -> xml.open("Tracking").attribute("event", event).beacon("Tracking", base, event)));
        xml.close("TrackingEvents");
    }

    private void tracker(Tracking tracking) {
        xml.open("Tracking").attribute("event", tracking.event());
        if (isThree()) {
            xml.attribute("offset", Written.offset(tracking.offset()));
        }
        xml.call("Tracking", tracking.url());
    }

    private static String otherwise(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
