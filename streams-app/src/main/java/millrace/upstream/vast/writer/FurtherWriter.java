package millrace.upstream.vast.writer;

import java.util.List;
import java.util.Optional;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.Verification;
import millrace.upstream.vast.document.ViewableImpression;

/** Writes verifications and what stands in extensions: those that came, and what the version has no element or name for. */
final class FurtherWriter {
    /** Trackers whose event a version's schema has no name for. */
    private static final String FURTHER_TRACKING = "FurtherTracking";

    private static final String VERIFICATIONS = "AdVerifications";
    private static final String VIEWABLE = "ViewableImpression";

    private final Markup xml;

    FurtherWriter(Markup xml) {
        this.xml = xml;
    }

    /**
     * The Extensions element, where there is anything to say in it.
     *
     * @param verifications that the version has no element for
     * @param viewable that it has none for
     * @param events that it has no name for
     */
    void write(
            VastAd.InLine ad,
            List<Verification> verifications,
            Optional<ViewableImpression> viewable,
            List<Tracking> events) {
        List<Extension> kept = ad.definition().extensions().stream()
                .filter(extension -> !extension.type().equalsIgnoreCase(VERIFICATIONS))
                .toList();
        if (kept.isEmpty() && verifications.isEmpty() && viewable.isEmpty() && events.isEmpty()) {
            return;
        }
        xml.open("Extensions");
        int end = ad.markup().indexOf('>');
        String rootTag = end < 0 ? "" : ad.markup().substring(0, end);
        kept.forEach(extension -> xml.raw(new BoundPrefixes(extension.markup(), rootTag).bound()));
        if (!verifications.isEmpty()) {
            xml.open("Extension").attribute("type", VERIFICATIONS);
            verifications(verifications);
            xml.close("Extension");
        }
        viewable.ifPresent(seen -> {
            xml.open("Extension").attribute("type", VIEWABLE);
            viewable(seen);
            xml.close("Extension");
        });
        if (!events.isEmpty()) {
            xml.open("Extension").attribute("type", FURTHER_TRACKING).open("TrackingEvents");
            events.forEach(this::tracker);
            xml.close("TrackingEvents").close("Extension");
        }
        xml.close("Extensions");
    }

    private void tracker(Tracking tracking) {
        xml.open("Tracking")
                .attribute("event", tracking.event())
                .attribute("offset", Written.offset(tracking.offset()))
                .call("Tracking", tracking.url());
    }

    void viewable(ViewableImpression viewable) {
        xml.open("ViewableImpression").attribute("id", viewable.id());
        viewable.viewable().forEach(url -> xml.calling("Viewable", url));
        viewable.notViewable().forEach(url -> xml.calling("NotViewable", url));
        viewable.undetermined().forEach(url -> xml.calling("ViewUndetermined", url));
        xml.close("ViewableImpression");
    }

    void verifications(List<Verification> verifications) {
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
}
