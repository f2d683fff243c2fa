package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.ViewableImpression;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a ViewableImpression element (VAST 4.3, 3.5). */
final class ViewableReader {
    private final XmlCursor xml;
    private final List<String> viewable = new ArrayList<>(1);
    private final List<String> notViewable = new ArrayList<>(1);
    private final List<String> undetermined = new ArrayList<>(1);

    ViewableReader(XmlCursor xml) {
        this.xml = xml;
    }

    ViewableImpression viewable() throws XMLStreamException {
        String id = xml.attribute("id");
        xml.eachChild(this::child);
        return new ViewableImpression(id, viewable, notViewable, undetermined);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "Viewable" -> Leaf.addUrl(xml, viewable);
            case "NotViewable" -> Leaf.addUrl(xml, notViewable);
            case "ViewUndetermined" -> Leaf.addUrl(xml, undetermined);
            default -> {}
        }
    }
}
