package millrace.upstream.vast.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdParameters;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.NonLinear;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastTime;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a NonLinearAds element (VAST 4.3, 3.12). */
final class NonLinearReader {
    private final XmlCursor xml;
    private final List<Tracking> tracking = new ArrayList<>(4);
    private final List<NonLinear> ads = new ArrayList<>(1);

    NonLinearReader(XmlCursor xml) {
        this.xml = xml;
    }

    NonLinearAds ads() throws XMLStreamException {
        xml.eachChild(name -> {
            switch (name) {
                case "TrackingEvents" -> Leaf.addTracking(xml, tracking);
                case "NonLinear" -> ads.add(new Ad().read());
                default -> {}
            }
        });
        return new NonLinearAds(tracking, ads);
    }

    /** One NonLinear element. */
    private final class Ad {
        private String clickThrough = "";
        private Optional<AdParameters> parameters = Optional.empty();
        private final List<Resource> resources = new ArrayList<>(1);
        private final List<Link> clickTracking = new ArrayList<>(1);

        NonLinear read() throws XMLStreamException {
            String id = xml.attribute("id");
            Optional<Integer> width = xml.number("width");
            Optional<Integer> height = xml.number("height");
            Optional<Integer> expandedWidth = xml.number("expandedWidth");
            Optional<Integer> expandedHeight = xml.number("expandedHeight");
            Optional<Boolean> scalable = xml.flag("scalable");
            Optional<Boolean> maintainAspectRatio = xml.flag("maintainAspectRatio");
            Optional<Duration> shown = VastTime.parse(xml.attribute("minSuggestedDuration"));
            String apiFramework = xml.attribute("apiFramework");
            xml.eachChild(this::child);
            return new NonLinear(
                    id,
                    width,
                    height,
                    expandedWidth,
                    expandedHeight,
                    scalable,
                    maintainAspectRatio,
                    shown,
                    apiFramework,
                    resources,
                    parameters,
                    clickThrough,
                    clickTracking);
        }

        private void child(String name) throws XMLStreamException {
            switch (name) {
                case "AdParameters" -> parameters = Optional.of(Leaf.parameters(xml));
                case "NonLinearClickThrough" -> clickThrough = xml.url();
                case "NonLinearClickTracking" -> Leaf.addLink(xml, clickTracking);
                default -> Leaf.addResource(xml, name, resources);
            }
        }
    }
}
