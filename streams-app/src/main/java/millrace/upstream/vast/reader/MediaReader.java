package millrace.upstream.vast.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdParameters;
import millrace.upstream.vast.document.CaptionFile;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.InteractiveFile;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.Mezzanine;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VideoClicks;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads the children of MediaFiles (VAST 4.3, 3.9); a file without a URL is none. */
final class MediaReader {
    private final XmlCursor xml;
    private final List<MediaFile> media = new ArrayList<>(4);
    private final List<Mezzanine> mezzanines = new ArrayList<>(1);
    private final List<InteractiveFile> interactive = new ArrayList<>(1);
    private final List<CaptionFile> captions = new ArrayList<>(1);

    MediaReader(XmlCursor xml) {
        this.xml = xml;
    }

    void child(String name) throws XMLStreamException {
        switch (name) {
            case "MediaFile" -> mediaFile();
            case "Mezzanine" -> mezzanine();
            case "InteractiveCreativeFile" -> interactiveFile();
            case "ClosedCaptionFiles" -> xml.eachChild(this::captionFile);
            default -> {}
        }
    }

    /** With what is not media. */
    Linear linear(
            String skipOffset,
            Optional<Duration> duration,
            Optional<AdParameters> parameters,
            List<Tracking> tracking,
            VideoClicks clicks,
            List<Icon> icons) {
        return new Linear(
                skipOffset, duration, parameters, media, mezzanines, interactive, captions, tracking, clicks, icons);
    }

    private void mediaFile() throws XMLStreamException {
        String id = xml.attribute("id");
        String delivery = xml.attribute("delivery");
        String type = xml.attribute("type");
        Optional<Integer> width = xml.number("width");
        Optional<Integer> height = xml.number("height");
        Optional<Integer> bitrate = xml.number("bitrate");
        Optional<Integer> minBitrate = xml.number("minBitrate");
        Optional<Integer> maxBitrate = xml.number("maxBitrate");
        String codec = xml.attribute("codec");
        Optional<Boolean> scalable = xml.flag("scalable");
        Optional<Boolean> maintainAspectRatio = xml.flag("maintainAspectRatio");
        Optional<Long> fileSize = xml.size("fileSize");
        String mediaType = xml.attribute("mediaType");
        String apiFramework = xml.attribute("apiFramework");
        String url = xml.url();
        if (!url.isEmpty()) {
            media.add(new MediaFile(
                    id,
                    url,
                    delivery,
                    type,
                    width,
                    height,
                    bitrate,
                    minBitrate,
                    maxBitrate,
                    codec,
                    scalable,
                    maintainAspectRatio,
                    fileSize,
                    mediaType,
                    apiFramework));
        }
    }

    private void mezzanine() throws XMLStreamException {
        String id = xml.attribute("id");
        String delivery = xml.attribute("delivery");
        String type = xml.attribute("type");
        Optional<Integer> width = xml.number("width");
        Optional<Integer> height = xml.number("height");
        String codec = xml.attribute("codec");
        Optional<Long> fileSize = xml.size("fileSize");
        String mediaType = xml.attribute("mediaType");
        String url = xml.url();
        if (!url.isEmpty()) {
            mezzanines.add(new Mezzanine(id, url, delivery, type, width, height, codec, fileSize, mediaType));
        }
    }

    private void interactiveFile() throws XMLStreamException {
        String type = xml.attribute("type");
        String apiFramework = xml.attribute("apiFramework");
        Optional<Boolean> variableDuration = xml.flag("variableDuration");
        String url = xml.url();
        if (!url.isEmpty()) {
            interactive.add(new InteractiveFile(url, type, apiFramework, variableDuration));
        }
    }

    private void captionFile(String name) throws XMLStreamException {
        if (!name.equals("ClosedCaptionFile")) {
            return;
        }
        String type = xml.attribute("type");
        String language = xml.attribute("language");
        String url = xml.url();
        if (!url.isEmpty()) {
            captions.add(new CaptionFile(url, type, language));
        }
    }
}
