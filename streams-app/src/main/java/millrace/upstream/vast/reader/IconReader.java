package millrace.upstream.vast.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.VastTime;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads an Icon element (VAST 4.3, 3.11). */
final class IconReader {
    private final XmlCursor xml;

    private String clickThrough = "";
    private boolean hasClicks;
    private final List<Resource> resources = new ArrayList<>(1);
    private final List<Link> clickTracking = new ArrayList<>(1);
    private final List<Icon.FallbackImage> fallbacks = new ArrayList<>(1);
    private final List<String> views = new ArrayList<>(1);

    IconReader(XmlCursor xml) {
        this.xml = xml;
    }

    Icon icon() throws XMLStreamException {
        String program = xml.attribute("program");
        Optional<Integer> width = xml.number("width");
        Optional<Integer> height = xml.number("height");
        String xPosition = xml.attribute("xPosition");
        String yPosition = xml.attribute("yPosition");
        Optional<Duration> duration = VastTime.parse(xml.attribute("duration"));
        Optional<Duration> offset = VastTime.parse(xml.attribute("offset"));
        String apiFramework = xml.attribute("apiFramework");
        String pxRatio = xml.attribute("pxratio");
        String altText = xml.attribute("altText");
        String hoverText = xml.attribute("hoverText");
        xml.eachChild(this::child);
        Optional<Icon.Clicks> clicks =
                hasClicks ? Optional.of(new Icon.Clicks(clickThrough, clickTracking, fallbacks)) : Optional.empty();
        return new Icon(
                program,
                width,
                height,
                xPosition,
                yPosition,
                duration,
                offset,
                apiFramework,
                pxRatio,
                altText,
                hoverText,
                resources,
                clicks,
                views);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "IconClicks" -> {
                hasClicks = true;
                xml.eachChild(this::click);
            }
            case "IconViewTracking" -> Leaf.addUrl(xml, views);
            default -> Leaf.addResource(xml, name, resources);
        }
    }

    private void click(String name) throws XMLStreamException {
        switch (name) {
            case "IconClickThrough" -> clickThrough = xml.url();
            case "IconClickTracking" -> Leaf.addLink(xml, clickTracking);
            case "IconClickFallbackImages" -> xml.eachChild(this::fallback);
            default -> {}
        }
    }

    private void fallback(String name) throws XMLStreamException {
        if (!name.equals("IconClickFallbackImage")) {
            return;
        }
        Optional<Integer> width = xml.number("width");
        Optional<Integer> height = xml.number("height");
        StringBuilder altText = new StringBuilder();
        List<Resource> images = new ArrayList<>(1);
        xml.eachChild(child -> {
            if (child.equals("AltText")) {
                altText.append(xml.text());
            } else {
                Leaf.addResource(xml, child, images);
            }
        });
        fallbacks.add(new Icon.FallbackImage(width, height, altText.toString(), images));
    }
}
