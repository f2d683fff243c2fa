package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdHead;
import millrace.upstream.vast.document.Category;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a Wrapper element (VAST 4.3, 3.19). */
final class WrapperReader {
    private final XmlCursor xml;
    private final DefinitionReader definition;
    private final boolean follow;
    private final boolean multiple;
    private final Optional<Boolean> fallback;

    private String tagUri = "";
    private final List<Category> blocked = new ArrayList<>(1);

    WrapperReader(XmlCursor xml) {
        this.xml = xml;
        this.definition = new DefinitionReader(xml);
        this.follow = xml.flag("followAdditionalWrappers").orElse(true);
        this.multiple = xml.flag("allowMultipleAds").orElse(false);
        this.fallback = xml.flag("fallbackOnNoAd");
    }

    void child(String name) throws XMLStreamException {
        switch (name) {
            case "VASTAdTagURI", "DAASTAdTagURI" -> tagUri = xml.text();
            // As VAST 1.0 had it; tags of ad servers that moved on still do.
            case "VASTAdTagURL" -> xml.eachChild(this::legacyTag);
            case "BlockedAdCategories" -> Leaf.addCategory(xml, blocked);
            default -> definition.child(name);
        }
    }

    private void legacyTag(String name) throws XMLStreamException {
        if (name.equals("URL")) {
            tagUri = xml.text();
        }
    }

    VastAd.Wrapper ad(AdHead head) {
        return new VastAd.Wrapper(head, definition.definition(), tagUri, follow, multiple, fallback, blocked);
    }
}
