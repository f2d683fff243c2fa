package millrace.upstream.vast.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.AdSource;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.document.VastDocument.Standard;
import millrace.upstream.vast.document.VastTime;
import millrace.upstream.vast.xml.DocumentLimits;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads an AdBreak element (VMAP 1.0.1, 2.3.1). */
final class BreakReader {
    private static final AdSource.Content NO_VAST =
            new AdSource.Ads(new ParsedVast.Malformed(VastCode.SCHEMA, "VASTAdData without VAST"));

    private final XmlCursor xml;
    private final DocumentLimits limits;

    private Optional<AdSource> source = Optional.empty();
    private Optional<AdSource.Content> content = Optional.empty();
    private final List<Tracking> tracking = new ArrayList<>(2);
    private final List<Extension> extensions = new ArrayList<>(1);

    BreakReader(XmlCursor xml, DocumentLimits limits) {
        this.xml = xml;
        this.limits = limits;
    }

    AdBreak adBreak() throws XMLStreamException {
        String timeOffset = xml.attribute("timeOffset");
        List<String> types = Stream.of(xml.attribute("breakType").split(",", -1))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .toList();
        String id = xml.attribute("breakId");
        Optional<Duration> repeatAfter = VastTime.parse(xml.attribute("repeatAfter"));
        xml.eachChild(this::child);
        return new AdBreak(timeOffset, types, id, repeatAfter, source, tracking, extensions);
    }

    static void addExtensions(XmlCursor xml, List<Extension> extensions) throws XMLStreamException {
        xml.eachChild(name -> {
            if (name.equals("Extension")) {
                extensions.add(Leaf.extension(xml, child -> {}));
            }
        });
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "AdSource" -> {
                if (source.isEmpty()) {
                    source = Optional.of(adSource());
                }
            }
            case "TrackingEvents" -> Leaf.addTracking(xml, tracking);
            case "Extensions" -> addExtensions(xml, extensions);
            default -> {}
        }
    }

    private AdSource adSource() throws XMLStreamException {
        String id = xml.attribute("id");
        boolean multiple = xml.flag("allowMultipleAds").orElse(true);
        Optional<Boolean> follow = xml.flag("followRedirects");
        xml.eachChild(this::content);
        return new AdSource(id, multiple, follow, content);
    }

    private void content(String name) throws XMLStreamException {
        switch (name) {
            // VASTData is what VMAP 1.0 called it.
            case "VASTAdData", "VASTData" -> {
                content = Optional.of(NO_VAST);
                xml.eachChild(this::document);
            }
            case "AdTagURI" -> {
                String templateType = xml.attribute("templateType");
                String uri = xml.url();
                content = uri.isEmpty() ? content : Optional.of(new AdSource.Tag(templateType, uri));
            }
            case "CustomAdData" ->
                content = Optional.of(new AdSource.Custom(xml.attribute("templateType"), xml.text()));
            default -> {}
        }
    }

    private void document(String name) throws XMLStreamException {
        switch (name) {
            case "VAST" ->
                content = Optional.of(new AdSource.Ads(new VastReader(xml, limits, Standard.VAST).document()));
            case "DAAST" ->
                content = Optional.of(new AdSource.Ads(new VastReader(xml, limits, Standard.DAAST).document()));
            default -> {}
        }
    }
}
