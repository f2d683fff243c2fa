package millrace.upstream.vast.writer;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import millrace.upstream.vast.document.AdParameters;
import millrace.upstream.vast.document.Companion;
import millrace.upstream.vast.document.CompanionAds;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.NonLinear;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.UniversalAdId;

/** Writes one Creative in the order of the schema. */
final class CreativeWriter {
    private static final Set<String> REQUIRED = Set.of("all", "any", "none");
    private static final Set<String> RENDERING = Set.of("default", "end-card", "concurrent");

    private final Markup xml;
    private final VastVersion version;
    private final Beacons beacons;
    private final Consumer<Tracking> unknownEvents;

    /** @param unknownEvents told of trackers that the version's schema has no name for */
    CreativeWriter(Markup xml, VastVersion version, Beacons beacons, Consumer<Tracking> unknownEvents) {
        this.xml = xml;
        this.version = version;
        this.beacons = beacons;
        this.unknownEvents = unknownEvents;
    }

    void write(Creative creative) {
        xml.open("Creative")
                .attribute("id", creative.id())
                .attribute("sequence", creative.sequence())
                .attribute("adId", creative.adId())
                .attribute("apiFramework", creative.apiFramework());
        creative.companions().ifPresent(this::companions);
        extensions(creative.extensions());
        creative.linear().ifPresent(linear -> new LinearWriter(xml, version, beacons, this).write(linear));
        creative.nonLinear().ifPresent(this::nonLinears);
        universalIds(creative.universalIds());
        xml.close("Creative");
    }

    private void companions(CompanionAds ads) {
        xml.open("CompanionAds").attribute("required", Written.oneOf(REQUIRED, ads.required()));
        ads.companions().forEach(this::companion);
        xml.close("CompanionAds");
    }

    private void companion(Companion companion) {
        xml.open("Companion")
                .attribute("id", companion.id())
                .required("width", companion.width().orElse(0).toString())
                .required("height", companion.height().orElse(0).toString())
                .attribute("assetWidth", companion.assetWidth())
                .attribute("assetHeight", companion.assetHeight())
                .attribute("expandedWidth", companion.expandedWidth())
                .attribute("expandedHeight", companion.expandedHeight())
                .attribute("apiFramework", companion.apiFramework())
                .attribute(version == VastVersion.V4_0 ? "adSlotID" : "adSlotId", companion.adSlotId())
                .attribute("pxratio", Written.decimal(companion.pxRatio()));
        if (version.isAtLeast(VastVersion.V4_1)) {
            xml.attribute("renderingMode", Written.oneOf(RENDERING, companion.renderingMode()));
        }
        resources(companion.resources());
        companion.parameters().ifPresent(this::parameters);
        xml.element("AltText", companion.altText());
        xml.element("CompanionClickThrough", companion.clickThrough());
        // The schema wants the id, live tags have none.
        companion
                .clickTracking()
                .forEach(link -> xml.open("CompanionClickTracking")
                        .required("id", link.id())
                        .call("CompanionClickTracking", link.url()));
        extensions(companion.extensions());
        tracking(companion.tracking());
        xml.close("Companion");
    }

    private void nonLinears(NonLinearAds ads) {
        xml.open("NonLinearAds");
        tracking(ads.tracking());
        ads.ads().forEach(this::nonLinear);
        xml.close("NonLinearAds");
    }

    private void nonLinear(NonLinear ad) {
        xml.open("NonLinear");
        // The 4.0 schema forgot every attribute of it.
        if (version.isAtLeast(VastVersion.V4_1)) {
            xml.attribute("id", ad.id())
                    .required("width", ad.width().orElse(0).toString())
                    .required("height", ad.height().orElse(0).toString())
                    .attribute("expandedWidth", ad.expandedWidth())
                    .attribute("expandedHeight", ad.expandedHeight())
                    .attribute("scalable", ad.scalable())
                    .attribute("maintainAspectRatio", ad.maintainAspectRatio())
                    .attribute("minSuggestedDuration", Written.time(ad.minSuggestedDuration()))
                    .attribute("apiFramework", ad.apiFramework());
        }
        resources(ad.resources());
        ad.parameters().ifPresent(this::parameters);
        xml.element("NonLinearClickThrough", ad.clickThrough());
        links("NonLinearClickTracking", ad.clickTracking());
        xml.close("NonLinear");
    }

    private void universalIds(List<UniversalAdId> ids) {
        List<UniversalAdId> known = ids.stream().filter(UniversalAdId::isKnown).toList();
        List<UniversalAdId> written = known.isEmpty() ? List.of(new UniversalAdId("unknown", "unknown")) : known;
        // Versions before 4.2 have room for one, and 4.0 wants its value twice.
        written.stream()
                .limit(version.isAtLeast(VastVersion.V4_2) ? written.size() : 1)
                .forEach(id -> {
                    xml.open("UniversalAdId")
                            .required("idRegistry", id.registry().isEmpty() ? "unknown" : id.registry());
                    if (version == VastVersion.V4_0) {
                        xml.required("idValue", id.value());
                    }
                    xml.text("UniversalAdId", id.value());
                });
    }

    void parameters(AdParameters parameters) {
        xml.open("AdParameters");
        if (parameters.xmlEncoded()) {
            xml.attribute("xmlEncoded", "true");
        }
        xml.text("AdParameters", parameters.text());
    }

    /** HTML, then IFrame, then static ones, as the schema wants them. */
    void resources(List<Resource> resources) {
        for (Resource resource : resources) {
            if (resource instanceof Resource.Html html) {
                xml.open("HTMLResource").text("HTMLResource", html.html());
            }
        }
        for (Resource resource : resources) {
            if (resource instanceof Resource.IFrame frame) {
                xml.element("IFrameResource", frame.url());
            }
        }
        for (Resource resource : resources) {
            if (resource instanceof Resource.Static image) {
                xml.open("StaticResource")
                        .required("creativeType", image.creativeType())
                        .text("StaticResource", image.url());
            }
        }
    }

    /** A TrackingEvents element; what the schema has no name for goes elsewhere. */
    void tracking(List<Tracking> tracking) {
        tracking(tracking, Beacons.NONE);
    }

    /** With our own beacons behind. */
    void tracking(List<Tracking> tracking, Beacons ours) {
        List<Tracking> named =
                tracking.stream().filter(t -> version.knows(t.event())).toList();
        tracking.stream().filter(t -> !version.knows(t.event())).forEach(unknownEvents);
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

    void tracker(Tracking tracking) {
        xml.open("Tracking")
                .attribute("event", tracking.event())
                .attribute("offset", Written.offset(tracking.offset()))
                .call("Tracking", tracking.url());
    }

    void links(String name, List<Link> links) {
        links.forEach(link -> xml.open(name).attribute("id", link.id()).call(name, link.url()));
    }

    private void extensions(List<Extension> extensions) {
        if (!extensions.isEmpty()) {
            xml.open("CreativeExtensions");
            extensions.forEach(extension -> xml.raw(new BoundPrefixes(extension.markup(), "").bound()));
            xml.close("CreativeExtensions");
        }
    }
}
