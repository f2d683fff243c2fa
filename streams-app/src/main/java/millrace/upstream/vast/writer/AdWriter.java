package millrace.upstream.vast.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import millrace.upstream.vast.document.AdDefinition;
import millrace.upstream.vast.document.Category;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.Pricing;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;

/** Writes one Ad with its InLine, in the order of the schema. Used once. */
final class AdWriter {
    private static final Set<String> AD_TYPES = Set.of("video", "audio", "hybrid");
    private static final Set<String> PRICING_MODELS = Set.of("CPC", "CPM", "CPE", "CPV");

    private final Markup xml;
    private final VastVersion version;
    private final Beacons beacons;
    private final List<Tracking> unknownEvents = new ArrayList<>();
    private final FurtherWriter further;

    AdWriter(Markup xml, VastVersion version, Beacons beacons) {
        this.xml = xml;
        this.version = version;
        this.beacons = beacons;
        this.further = new FurtherWriter(xml);
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
        boolean hasVerifications = version.isAtLeast(VastVersion.V4_1);
        further.write(ad, hasVerifications ? List.of() : definition.verifications(), Optional.empty(), unknownEvents);
        impressions(definition.impressions());
        definition.pricing().ifPresent(this::pricing);
        definition.viewable().ifPresent(further::viewable);
        if (version.isAtLeast(VastVersion.V4_1)) {
            servingId(ad.servingId());
        }
        xml.element("AdTitle", otherwise(ad.title(), otherwise(ad.id(), "unknown")));
        if (version.isAtLeast(VastVersion.V4_1)) {
            further.verifications(definition.verifications());
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

    private void category(Category category) {
        xml.open("Category")
                .required("authority", otherwise(category.authority(), "unknown"))
                .text("Category", category.value());
    }

    private static String otherwise(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
