package millrace.upstream.vast.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdParameters;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastTime;
import millrace.upstream.vast.document.VideoClicks;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a Linear element (VAST 4.3, 3.8). */
final class LinearReader {
    private final XmlCursor xml;
    private final MediaReader media;

    private Optional<Duration> duration = Optional.empty();
    private Optional<AdParameters> parameters = Optional.empty();
    private Optional<Link> clickThrough = Optional.empty();
    private final List<Link> clickTracking = new ArrayList<>(1);
    private final List<Link> customClicks = new ArrayList<>(1);
    private final List<Tracking> tracking = new ArrayList<>();
    private final List<Icon> icons = new ArrayList<>(1);

    LinearReader(XmlCursor xml) {
        this.xml = xml;
        this.media = new MediaReader(xml);
    }

    Linear linear() throws XMLStreamException {
        String skipOffset = xml.attribute("skipoffset");
        xml.eachChild(this::child);
        VideoClicks clicks = new VideoClicks(clickThrough, clickTracking, customClicks);
        return media.linear(skipOffset, duration, parameters, tracking, clicks, icons);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "Duration" -> duration = VastTime.parse(xml.text());
            case "AdParameters" -> parameters = Optional.of(Leaf.parameters(xml));
            case "MediaFiles" -> xml.eachChild(media::child);
            case "InteractiveCreativeFile" -> media.child(name);
            case "TrackingEvents" -> Leaf.addTracking(xml, tracking);
            case "VideoClicks", "AdInteractions" -> xml.eachChild(this::click);
            case "Icons" -> xml.eachChild(this::icon);
            default -> {}
        }
    }

    private void click(String name) throws XMLStreamException {
        switch (name) {
            case "ClickThrough" -> clickThrough = clickThrough.isPresent() ? clickThrough : Leaf.link(xml);
            case "ClickTracking" -> Leaf.addLink(xml, clickTracking);
            case "CustomClick" -> Leaf.addLink(xml, customClicks);
            default -> {}
        }
    }

    private void icon(String name) throws XMLStreamException {
        if (name.equals("Icon")) {
            icons.add(new IconReader(xml).icon());
        }
    }
}
