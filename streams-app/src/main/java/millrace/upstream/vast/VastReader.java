package millrace.upstream.vast;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Reads a document from its root down to its ads. Used once, on one thread; remembers nothing. */
final class VastReader {
    /** A longer root tag is not repeated around every ad. */
    private static final int MAX_ROOT_TAG = 4096;

    private final XmlCursor xml;
    private final VastLimits limits;
    private final List<VastAd> ads = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    private String rootTag = "<VAST>";

    private VastReader(XmlCursor xml, VastLimits limits) {
        this.xml = xml;
        this.limits = limits;
    }

    static ParsedVast read(byte[] bytes, VastLimits limits) {
        if (bytes.length > limits.maxBytes()) {
            return malformed("document has " + bytes.length + " bytes; at most " + limits.maxBytes());
        }
        try (XmlCursor xml = new XmlCursor(XmlText.decode(bytes), limits)) {
            return new VastReader(xml, limits).document();
        } catch (CharacterCodingException e) {
            return malformed("bytes are not in the document's charset");
        } catch (XMLStreamException e) {
            return malformed("not well-formed: " + firstLine(e));
        } catch (RuntimeException e) {
            // A parser of others on bytes of others: whatever it stumbles over, the document is at fault.
            return malformed("not readable: " + e.getClass().getSimpleName());
        }
    }

    private ParsedVast document() throws XMLStreamException {
        String root = xml.root();
        if (!root.equals("VAST")) {
            xml.finish();
            return root.equals("VideoAdServingTemplate")
                    ? new ParsedVast.Malformed(VastCode.VERSION, "VAST 1.0 is not supported")
                    : new ParsedVast.Malformed(VastCode.SCHEMA, "root element is not VAST");
        }
        String tag = xml.sourceFrom(xml.begin()).strip();
        rootTag = tag.length() > MAX_ROOT_TAG || tag.endsWith("/>") ? "<VAST>" : tag;
        String version = xml.attribute("version").orElse("");
        if (!isSupported(version)) {
            return new ParsedVast.Malformed(VastCode.VERSION, "VAST version is not supported; 2.0 to 4.x");
        }
        xml.eachChild(this::child);
        xml.finish();
        return new VastDocument(version, ads, errors);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "Ad" -> {
                if (ads.size() < limits.maxAds()) {
                    ads.add(new AdReader(xml, this::inRoot).ad());
                }
            }
            case "Error" -> AdReader.addUrl(errors, xml.text());
            default -> {}
        }
    }

    /** The ad as a document of its own, with the version and the prefixes that the root declares. */
    private String inRoot(String ad) {
        int end = 1;
        while (end < rootTag.length() && rootTag.charAt(end) > ' ' && rootTag.charAt(end) != '>') {
            end++;
        }
        return rootTag + ad + "</" + rootTag.substring(1, end) + ">";
    }

    /** Live documents leave the version out or write nonsense; only a clear other major version is refused. */
    private static boolean isSupported(String version) {
        int dot = version.indexOf('.');
        String major = dot < 0 ? version : version.substring(0, dot);
        boolean isNumber = !major.isEmpty() && major.chars().allMatch(c -> c >= '0' && c <= '9');
        return !isNumber || major.equals("2") || major.equals("3") || major.equals("4");
    }

    private static ParsedVast malformed(String reason) {
        return new ParsedVast.Malformed(VastCode.XML_PARSING, reason);
    }

    private static String firstLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
