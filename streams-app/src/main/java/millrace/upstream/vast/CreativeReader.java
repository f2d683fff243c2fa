package millrace.upstream.vast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Reads one Creative element: ids and the Linear part. Used once. */
final class CreativeReader {
    private final XmlCursor xml;
    private final List<String> universalIds = new ArrayList<>();
    private Optional<Linear> linear = Optional.empty();

    private Optional<Duration> duration = Optional.empty();
    private Optional<String> clickThrough = Optional.empty();
    private final List<String> clickTracking = new ArrayList<>();
    private final List<Linear.MediaFile> media = new ArrayList<>();
    private final List<Linear.Tracking> tracking = new ArrayList<>();

    CreativeReader(XmlCursor xml) {
        this.xml = xml;
    }

    VastAd.Creative creative() throws XMLStreamException {
        String id = xml.attribute("id").orElse("");
        // VAST 2.0 writes AdID, 3.0 and later adId; attributes are matched without regard to case.
        String adId = xml.attribute("adId").orElse("");
        xml.eachChild(this::child);
        return new VastAd.Creative(id, adId, universalIds, linear);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "UniversalAdId" -> universalId();
            case "Linear" -> {
                if (linear.isEmpty()) {
                    xml.eachChild(this::linearChild);
                    linear = Optional.of(new Linear(duration, media, tracking, clickThrough, clickTracking));
                }
            }
            default -> {}
        }
    }

    /** The content counts; the idValue attribute is what 4.0 had (VAST 4.3, 3.7.1). */
    private void universalId() throws XMLStreamException {
        String legacy = xml.attribute("idValue").orElse("");
        String content = xml.text();
        String id = content.isEmpty() ? legacy : content;
        if (!id.isEmpty() && !id.toLowerCase(Locale.ROOT).equals("unknown")) {
            universalIds.add(id);
        }
    }

    private void linearChild(String name) throws XMLStreamException {
        switch (name) {
            case "Duration" -> duration = VastTime.parse(xml.text());
            case "MediaFiles" -> xml.eachChild(this::mediaFile);
            case "TrackingEvents" -> xml.eachChild(this::tracking);
            case "VideoClicks" -> xml.eachChild(this::click);
            default -> {}
        }
    }

    private void mediaFile(String name) throws XMLStreamException {
        if (!name.equals("MediaFile")) {
            return;
        }
        String type = xml.attribute("type").orElse("");
        Optional<Integer> width = xml.number("width");
        Optional<Integer> height = xml.number("height");
        Optional<Integer> bitrate = bitrate();
        Optional<String> delivery = xml.attribute("delivery");
        Optional<String> codec = xml.attribute("codec");
        Optional<String> api = xml.attribute("apiFramework");
        List<String> url = new ArrayList<>();
        AdReader.addUrl(url, xml.text());
        if (!url.isEmpty()) {
            media.add(new Linear.MediaFile(url.getFirst(), type, width, height, bitrate, delivery, codec, api));
        }
    }

    private Optional<Integer> bitrate() {
        Optional<Integer> least = xml.number("minBitrate");
        Optional<Integer> most = xml.number("maxBitrate");
        Optional<Integer> mean = least.flatMap(l -> most.map(m -> (l + m) / 2));
        return xml.number("bitrate").or(() -> mean);
    }

    private void tracking(String name) throws XMLStreamException {
        if (!name.equals("Tracking")) {
            return;
        }
        Optional<String> event = xml.attribute("event");
        Optional<String> offset = xml.attribute("offset");
        List<String> url = new ArrayList<>();
        AdReader.addUrl(url, xml.text());
        if (event.isPresent() && !url.isEmpty()) {
            tracking.add(new Linear.Tracking(event.get(), offset, url.getFirst()));
        }
    }

    private void click(String name) throws XMLStreamException {
        switch (name) {
            case "ClickThrough" -> {
                List<String> url = new ArrayList<>();
                AdReader.addUrl(url, xml.text());
                clickThrough = clickThrough.or(() -> url.stream().findFirst());
            }
            case "ClickTracking" -> AdReader.addUrl(clickTracking, xml.text());
            default -> {}
        }
    }
}
