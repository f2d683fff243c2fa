package millrace.upstream.vast;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.CharArrayReader;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Walks one document element by element, by local name, within limits. A document type declaration is refused, and with
 * it every entity but XML's own five.
 */
final class XmlCursor implements AutoCloseable {
    /** Told of each child element, by local name; what it leaves of the child is passed over. */
    @FunctionalInterface
    interface ChildHandler {
        void on(String name) throws XMLStreamException;
    }

    /** The document is over a limit, or has what it must not have. */
    static final class Refused extends XMLStreamException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private static final XMLInputFactory FACTORY = factory();

    private final String text;
    private final XMLStreamReader2 reader;
    private final VastLimits limits;
    private int depth;

    XmlCursor(String text, VastLimits limits) throws XMLStreamException {
        this.text = text;
        this.limits = limits;
        this.reader =
                (XMLStreamReader2) FACTORY.createXMLStreamReader(new CharArrayReader(XmlText.withoutPrefixes(text)));
    }

    /** Moves to the root element and returns its local name. */
    String root() throws XMLStreamException {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // Comments and processing instructions before the root.
        }
        return name();
    }

    /** Visits the children of the current element and ends behind it. */
    void eachChild(ChildHandler handler) throws XMLStreamException {
        int level = depth;
        while (depth >= level) {
            if (next() == XMLStreamConstants.START_ELEMENT) {
                handler.on(name());
                leaveTo(level);
            }
        }
    }

    /** The text of the current element, pieces and CDATA joined, trimmed; ends behind the element. */
    String text() throws XMLStreamException {
        int level = depth;
        StringBuilder all = new StringBuilder();
        while (depth >= level) {
            int event = next();
            boolean isText = event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE;
            if (isText && depth == level) {
                append(all);
            }
        }
        return all.toString().strip();
    }

    /** An attribute of the current element by local name, trimmed; blank counts as absent. */
    Optional<String> attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equalsIgnoreCase(name)) {
                return Optional.of(reader.getAttributeValue(i).strip()).filter(v -> !v.isEmpty());
            }
        }
        return Optional.empty();
    }

    /** A whole number of at most nine digits in an attribute; a fraction is cut, anything else counts as absent. */
    Optional<Integer> number(String name) {
        String text = attribute(name).orElse("");
        int dot = text.indexOf('.');
        String digits = dot < 0 ? text : text.substring(0, dot);
        boolean plain =
                !digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }

    /** Where the current element's start tag begins, in characters. */
    int begin() {
        return (int) reader.getLocationInfo().getStartingCharOffset();
    }

    /** The document's own characters from there to the end of the tag that was read last. */
    String sourceFrom(int begin) throws XMLStreamException {
        return text.substring(begin, (int) reader.getLocationInfo().getEndingCharOffset());
    }

    /** Passes over the rest, so that a document that breaks off is noticed. */
    void finish() throws XMLStreamException {
        while (reader.hasNext()) {
            next();
        }
    }

    @Override
    public void close() throws XMLStreamException {
        reader.close();
    }

    private void leaveTo(int level) throws XMLStreamException {
        while (depth > level) {
            next();
        }
    }

    private int next() throws XMLStreamException {
        int event = reader.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> enter();
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD -> throw new Refused("document type declaration is not allowed");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new Refused("entity is not allowed");
            default -> {}
        }
        return event;
    }

    private void enter() throws Refused {
        depth++;
        if (depth > limits.maxDepth()) {
            throw new Refused("elements are nested deeper than " + limits.maxDepth());
        }
        if (reader.getAttributeCount() > limits.maxAttributes()) {
            throw new Refused("an element has more than " + limits.maxAttributes() + " attributes");
        }
    }

    private void append(StringBuilder all) throws XMLStreamException {
        if (all.length() + reader.getTextLength() > limits.maxText()) {
            throw new Refused("a text is longer than " + limits.maxText() + " characters");
        }
        all.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    }

    private String name() {
        String name = reader.getLocalName();
        return name.substring(name.lastIndexOf(XmlText.PREFIX_END) + 1);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Else what is wrong in a text comes out later, as an unchecked exception.
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory;
    }
}
