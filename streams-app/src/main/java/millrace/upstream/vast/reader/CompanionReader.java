package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdParameters;
import millrace.upstream.vast.document.Companion;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a Companion element (VAST 4.3, 3.13.1). */
final class CompanionReader {
    private final XmlCursor xml;

    private String altText = "";
    private String clickThrough = "";
    private Optional<AdParameters> parameters = Optional.empty();
    private final List<Resource> resources = new ArrayList<>(1);
    private final List<Link> clickTracking = new ArrayList<>(1);
    private final List<Tracking> tracking = new ArrayList<>(1);
    private final List<Extension> extensions = new ArrayList<>(1);

    CompanionReader(XmlCursor xml) {
        this.xml = xml;
    }

    Companion companion() throws XMLStreamException {
        String id = xml.attribute("id");
        Optional<Integer> width = xml.number("width");
        Optional<Integer> height = xml.number("height");
        Optional<Integer> assetWidth = xml.number("assetWidth");
        Optional<Integer> assetHeight = xml.number("assetHeight");
        Optional<Integer> expandedWidth = xml.number("expandedWidth");
        Optional<Integer> expandedHeight = xml.number("expandedHeight");
        String apiFramework = xml.attribute("apiFramework");
        String adSlotId = xml.attribute("adSlotId");
        String pxRatio = xml.attribute("pxratio");
        String renderingMode = xml.attribute("renderingMode");
        boolean logoTile = xml.flag("logoTile").orElse(false);
        xml.eachChild(this::child);
        return new Companion(
                id,
                width,
                height,
                assetWidth,
                assetHeight,
                expandedWidth,
                expandedHeight,
                apiFramework,
                adSlotId,
                pxRatio,
                renderingMode,
                logoTile,
                resources,
                parameters,
                altText,
                clickThrough,
                clickTracking,
                tracking,
                extensions);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "AdParameters" -> parameters = Optional.of(Leaf.parameters(xml));
            case "AltText" -> altText = xml.text();
            case "CompanionClickThrough" -> clickThrough = xml.url();
            case "CompanionClickTracking" -> Leaf.addLink(xml, clickTracking);
            case "TrackingEvents" -> Leaf.addTracking(xml, tracking);
            case "CreativeExtensions" -> Leaf.addCreativeExtensions(xml, extensions);
            default -> Leaf.addResource(xml, name, resources);
        }
    }
}
