package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VastDocument.Standard;
import millrace.upstream.vast.xml.DocumentLimits;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a VAST or DAAST element, at the root or inside a VMAP. */
final class VastReader {
    /** A longer root tag is not repeated around every ad. */
    private static final int MAX_ROOT_TAG = 4096;

    private final XmlCursor xml;
    private final DocumentLimits limits;
    private final Standard standard;
    private final List<VastAd> ads = new ArrayList<>(1);
    private final List<String> errors = new ArrayList<>(1);

    private String rootTag = "";

    VastReader(XmlCursor xml, DocumentLimits limits, Standard standard) {
        this.xml = xml;
        this.limits = limits;
        this.standard = standard;
    }

    ParsedVast document() throws XMLStreamException {
        String tag = xml.sourceFrom(xml.begin()).strip();
        rootTag = tag.length() > MAX_ROOT_TAG || tag.endsWith("/>") ? "<" + standard + ">" : tag;
        String version = xml.attribute("version");
        if (!isSupported(version)) {
            return new ParsedVast.Malformed(VastCode.VERSION, standard + " version is not supported");
        }
        xml.eachChild(this::child);
        return new VastDocument(standard, version, ads, errors);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "Ad" -> {
                if (ads.size() < limits.maxAds()) {
                    ads.add(new AdReader(xml, standard, rootTag).ad());
                }
            }
            case "Error" -> Leaf.addUrl(xml, errors);
            default -> {}
        }
    }

    /** Live documents leave the version out or write nonsense; only a clear other major version is refused. */
    private boolean isSupported(String version) {
        int dot = version.indexOf('.');
        String major = dot < 0 ? version : version.substring(0, dot);
        if (!isNumber(major)) {
            return true;
        }
        return switch (standard) {
            case VAST -> major.equals("2") || major.equals("3") || major.equals("4");
            case DAAST -> major.equals("1");
        };
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
