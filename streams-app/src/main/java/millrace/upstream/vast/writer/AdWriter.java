package millrace.upstream.vast.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import millrace.upstream.vast.document.AdDefinition;
import millrace.upstream.vast.document.Category;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.Pricing;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.Verification;
import millrace.upstream.vast.document.ViewableImpression;

/** Writes one Ad with its InLine, in the order of the schema. Used once. */
final class AdWriter {
    private static final Set<String> AD_TYPES = Set.of("video", "audio", "hybrid");
    private static final Set<String> PRICING_MODELS = Set.of("CPC", "CPM", "CPE", "CPV");
    /** Trackers whose event a version's schema has no name for. */
    private static final String FURTHER_TRACKING = "FurtherTracking";

    private static final String VERIFICATIONS = "AdVerifications";

    private final Markup xml;
    private final VastVersion version;
    private final Beacons beacons;
    private final List<Tracking> unknownEvents = new ArrayList<>();

    AdWriter(Markup xml, VastVersion version, Beacons beacons) {
        this.xml = xml;
        this.version = version;
        this.beacons = beacons;
    }

    void write(VastAd.InLine ad) {
        AdDefinition definition = ad.definition();
        xml.open("Ad").attribute("id", ad.id()).blank(AdMarkup.Kind.SEQUENCE);
        if (version.isAtLeast(VastVersion.V4_1)) {
            xml.attribute("adType", Written.oneOf(AD_TYPES, ad.head().adType().toLowerCase(Locale.ROOT)));
        }
        xml.open("InLine");
        xml.open("AdSystem")
                .attribute("version", definition.system().version())
                .text("AdSystem", otherwise(definition.system().name(), "unknown"));
        definition.errors().forEach(url -> xml.calling("Error", url));
        beacons.base().ifPresent(base -> xml.open("Error").beacon("Error", base, Beacons.ERROR));
        // Creatives come later, so what they cannot say is looked for first.
        Markup creatives = creatives(ad);
        extensions(ad);
        impressions(definition.impressions());
        definition.pricing().ifPresent(this::pricing);
        definition.viewable().ifPresent(this::viewable);
        if (version.isAtLeast(VastVersion.V4_1)) {
            servingId(ad.servingId());
        }
        xml.element("AdTitle", otherwise(ad.title(), otherwise(ad.id(), "unknown")));
        if (version.isAtLeast(VastVersion.V4_1)) {
            verifications(definition.verifications());
        }
        xml.element("Advertiser", ad.advertiser().name());
        ad.categories().forEach(this::category);
        xml.written(creatives);
        xml.element("Description", ad.description());
        if (version.isAtLeast(VastVersion.V4_1)) {
            ad.expires().ifPresent(time -> xml.element("Expires", Long.toString(time.toSeconds())));
        }
        ad.survey()
                .ifPresent(survey ->
                        xml.open("Survey").attribute("type", survey.type()).text("Survey", survey.url()));
        xml.close("InLine").close("Ad");
    }

    /** The ad's own; else one that no other serving has (VAST 4.3, 3.4.3). */
    private void servingId(String own) {
        if (own.isEmpty()) {
            xml.open("AdServingId").raw("millrace-").blank(AdMarkup.Kind.TOKEN).close("AdServingId");
        } else {
            xml.element("AdServingId", own);
        }
    }

    private Markup creatives(VastAd.InLine ad) {
        Markup inner = xml.fresh();
        inner.open("Creatives");
        CreativeWriter writer = new CreativeWriter(inner, version, beacons, unknownEvents::add);
        ad.creatives().forEach(writer::write);
        return inner.close("Creatives");
    }

    private void extensions(VastAd.InLine ad) {
        List<Verification> inExtension =
                version == VastVersion.V4_0 ? ad.definition().verifications() : List.of();
        List<Extension> kept = ad.definition().extensions().stream()
                .filter(extension -> !extension.type().equalsIgnoreCase(VERIFICATIONS))
                .toList();
        if (kept.isEmpty() && inExtension.isEmpty() && unknownEvents.isEmpty()) {
            return;
        }
        xml.open("Extensions");
        int end = ad.markup().indexOf('>');
        String rootTag = end < 0 ? "" : ad.markup().substring(0, end);
        kept.forEach(extension -> xml.raw(new BoundPrefixes(extension.markup(), rootTag).bound()));
        if (!inExtension.isEmpty()) {
            xml.open("Extension").attribute("type", VERIFICATIONS);
            verifications(inExtension);
            xml.close("Extension");
        }
        if (!unknownEvents.isEmpty()) {
            xml.open("Extension").attribute("type", FURTHER_TRACKING).open("TrackingEvents");
            CreativeWriter writer = new CreativeWriter(xml, version, beacons, unknownEvents::add);
            unknownEvents.forEach(writer::tracker);
            xml.close("TrackingEvents").close("Extension");
        }
        xml.close("Extensions");
    }

    /** One at least is wanted; about:blank stands for none (VAST 4.3, 3.4.4). */
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

    private void pricing(Pricing pricing) {
        String model = pricing.model().toUpperCase(Locale.ROOT);
        boolean currency = pricing.currency().length() == 3
                && pricing.currency().toUpperCase(Locale.ROOT).chars().allMatch(c -> c >= 'A' && c <= 'Z');
        if (currency && PRICING_MODELS.contains(model) && Written.isDecimal(pricing.value())) {
            xml.open("Pricing")
                    .attribute("model", model)
                    .attribute("currency", pricing.currency())
                    .text("Pricing", pricing.value());
        }
    }

    private void viewable(ViewableImpression viewable) {
        xml.open("ViewableImpression").attribute("id", viewable.id());
        viewable.viewable().forEach(url -> xml.calling("Viewable", url));
        viewable.notViewable().forEach(url -> xml.calling("NotViewable", url));
        viewable.undetermined().forEach(url -> xml.calling("ViewUndetermined", url));
        xml.close("ViewableImpression");
    }

    private void category(Category category) {
        xml.open("Category")
                .required("authority", otherwise(category.authority(), "unknown"))
                .text("Category", category.value());
    }

    private void verifications(List<Verification> verifications) {
        if (verifications.isEmpty()) {
            return;
        }
        xml.open(VERIFICATIONS);
        for (Verification verification : verifications) {
            xml.open("Verification").attribute("vendor", verification.vendor());
            verification
                    .executables()
                    .forEach(file -> xml.open("ExecutableResource")
                            .attribute("apiFramework", file.apiFramework())
                            .attribute("type", file.type())
                            .text("ExecutableResource", file.url()));
            verification
                    .scripts()
                    .forEach(script -> xml.open("JavaScriptResource")
                            .attribute("apiFramework", script.apiFramework())
                            .attribute("browserOptional", script.browserOptional())
                            .text("JavaScriptResource", script.url()));
            if (!verification.tracking().isEmpty()) {
                xml.open("TrackingEvents");
                verification
                        .tracking()
                        .forEach(t -> xml.open("Tracking")
                                .attribute("event", t.event())
                                .call("Tracking", t.url()));
                xml.close("TrackingEvents");
            }
            xml.element("VerificationParameters", verification.parameters());
            xml.close("Verification");
        }
        xml.close(VERIFICATIONS);
    }

    private static String otherwise(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
