package millrace.upstream.vast.reader;

import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdParameters;
import millrace.upstream.vast.document.Category;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads the elements that occur in several others and have a text, not children. A URL that may not be called is left out. */
final class Leaf {
    private Leaf() {}

    static void addUrl(XmlCursor xml, List<String> urls) throws XMLStreamException {
        String url = xml.url();
        if (!url.isEmpty()) {
            urls.add(url);
        }
    }

    static Optional<Link> link(XmlCursor xml) throws XMLStreamException {
        String id = xml.attribute("id");
        String url = xml.url();
        return url.isEmpty() ? Optional.empty() : Optional.of(new Link(id, url));
    }

    static void addLink(XmlCursor xml, List<Link> links) throws XMLStreamException {
        link(xml).ifPresent(links::add);
    }

    /** The Tracking children of a TrackingEvents element; one without an event tells of nothing. */
    static void addTracking(XmlCursor xml, List<Tracking> tracking) throws XMLStreamException {
        xml.eachChild(name -> {
            if (name.equals("Tracking")) {
                String event = xml.attribute("event");
                String offset = xml.attribute("offset");
                String url = xml.url();
                if (!event.isEmpty() && !url.isEmpty()) {
                    tracking.add(new Tracking(event, offset, url));
                }
            }
        });
    }

    static void addCategory(XmlCursor xml, List<Category> categories) throws XMLStreamException {
        String authority = xml.attribute("authority");
        String value = xml.text();
        if (!value.isEmpty()) {
            categories.add(new Category(authority, value));
        }
    }

    static AdParameters parameters(XmlCursor xml) throws XMLStreamException {
        boolean xmlEncoded = xml.flag("xmlEncoded").orElse(false);
        return new AdParameters(xml.text(), xmlEncoded);
    }

    static void addResource(XmlCursor xml, String name, List<Resource> resources) throws XMLStreamException {
        switch (name) {
            case "StaticResource" -> {
                String creativeType = xml.attribute("creativeType");
                String url = xml.url();
                if (!url.isEmpty()) {
                    resources.add(new Resource.Static(creativeType, url));
                }
            }
            case "IFrameResource" -> {
                String url = xml.url();
                if (!url.isEmpty()) {
                    resources.add(new Resource.IFrame(url));
                }
            }
            case "HTMLResource" -> {
                boolean xmlEncoded = xml.flag("xmlEncoded").orElse(false);
                String html = xml.text();
                if (!html.isEmpty()) {
                    resources.add(new Resource.Html(html, xmlEncoded));
                }
            }
            default -> {}
        }
    }

    /** The current element verbatim; {@code within} may read what is in it. */
    static Extension extension(XmlCursor xml, XmlCursor.ChildHandler within) throws XMLStreamException {
        int begin = xml.begin();
        String type = xml.attribute("type");
        xml.eachChild(within);
        return new Extension(type, xml.sourceFrom(begin));
    }

    static void addCreativeExtensions(XmlCursor xml, List<Extension> extensions) throws XMLStreamException {
        xml.eachChild(name -> {
            if (name.equals("CreativeExtension")) {
                extensions.add(extension(xml, child -> {}));
            }
        });
    }
}
