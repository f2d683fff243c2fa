package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.VmapDocument;
import millrace.upstream.vast.xml.DocumentLimits;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a VMAP element (VMAP 1.0.1, 2.2). Its version is not checked: there is one schema, and live documents write anything. */
final class VmapReader {
    private final XmlCursor xml;
    private final DocumentLimits limits;
    private final List<AdBreak> breaks = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>(1);

    VmapReader(XmlCursor xml, DocumentLimits limits) {
        this.xml = xml;
        this.limits = limits;
    }

    VmapDocument document() throws XMLStreamException {
        String version = xml.attribute("version");
        xml.eachChild(name -> {
            switch (name) {
                case "AdBreak" -> {
                    if (breaks.size() < limits.maxAds()) {
                        breaks.add(new BreakReader(xml, limits).adBreak());
                    }
                }
                case "Extensions" -> BreakReader.addExtensions(xml, extensions);
                default -> {}
            }
        });
        return new VmapDocument(version, breaks, extensions);
    }
}
