package millrace.upstream.vast.xml;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Walks one document element by element, by local name, within limits. A document type declaration is refused, and with
 * it every entity but XML's own five. Attributes are those of the element that was entered last.
 */
public final class XmlCursor implements AutoCloseable {
    /** Told of each child element, by local name; what it leaves of the child is passed over. */
    @FunctionalInterface
    public interface ChildHandler {
        void on(String name) throws XMLStreamException;
    }

    private final String text;
    private final XMLStreamReader2 reader;
    private final DocumentLimits limits;
    private final int skippedLines;
    /** One for all texts of a document. */
    private final StringBuilder collected = new StringBuilder(256);

    private int depth;

    /** @throws CharacterCodingException the bytes are not of the document's charset */
    public XmlCursor(byte[] bytes, DocumentLimits limits) throws XMLStreamException, CharacterCodingException {
        CharBuffer decoded = XmlText.decode(bytes);
        String whole = decoded.toString();
        int begin = XmlText.begin(whole);
        char[] chars = decoded.array();
        XmlText.replacePrefixes(whole, chars);
        this.text = whole.substring(begin);
        this.skippedLines = lines(whole, begin);
        this.limits = limits;
        this.reader = Parsers.open(chars, begin, whole.length() - begin);
    }

    /** Moves to the root element and returns its local name. */
    public String root() throws XMLStreamException {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // Comments and processing instructions before the root.
        }
        return name();
    }

    /** Visits the children of the current element and ends behind it. */
    public void eachChild(ChildHandler handler) throws XMLStreamException {
        int level = depth;
        while (depth >= level) {
            if (next() == XMLStreamConstants.START_ELEMENT) {
                handler.on(name());
                while (depth > level) {
                    next();
                }
            }
        }
    }

    /** The text of the current element, pieces and CDATA joined, trimmed; ends behind the element. */
    public String text() throws XMLStreamException {
        int level = depth;
        collected.setLength(0);
        while (depth >= level) {
            int event = next();
            boolean isText = event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE;
            if (isText && depth == level) {
                collect();
            }
        }
        return trimmed();
    }

    /** The text, if it is a URL that may be called: not blank, not about:blank (VAST 4.3, 3.4.4); else empty. */
    public String url() throws XMLStreamException {
        String url = text();
        return url.regionMatches(true, 0, "about:", 0, 6) ? "" : url;
    }

    /** An attribute of the current element by local name, in any case, trimmed; empty when absent. */
    public String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equalsIgnoreCase(name)) {
                return reader.getAttributeValue(i).strip();
            }
        }
        return "";
    }

    /** A whole number of at most nine digits in an attribute; a fraction is cut, anything else counts as absent. */
    public Optional<Integer> number(String name) {
        return size(name).filter(n -> n <= 999_999_999).map(Long::intValue);
    }

    /** As {@link #number}, of up to eighteen digits. */
    public Optional<Long> size(String name) {
        String digits = attribute(name);
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (i > 0 && digit == '.' - '0') {
                return Optional.of(value);
            }
            if (digit < 0 || digit > 9 || i == 18) {
                return Optional.empty();
            }
            value = value * 10 + digit;
        }
        return digits.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** An attribute of XML Schema's boolean type. */
    public Optional<Boolean> flag(String name) {
        String value = attribute(name);
        if (value.equalsIgnoreCase("true") || value.equals("1")) {
            return Optional.of(true);
        }
        return value.equalsIgnoreCase("false") || value.equals("0") ? Optional.of(false) : Optional.empty();
    }

    /** Local names of the current element's attributes, in order; those with a prefix, and prefixes themselves, left out. */
    public List<String> attributes() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = reader.getAttributeLocalName(i);
            if (name.indexOf(XmlText.PREFIX_END) < 0) {
                names.add(name);
            }
        }
        return names;
    }

    /** Prefixes that the current element and its attributes use. */
    public Set<String> prefixes() {
        return prefixed(false);
    }

    /** Prefixes that the current element declares. */
    public Set<String> declared() {
        return prefixed(true);
    }

    private Set<String> prefixed(boolean declarations) {
        Set<String> found = new TreeSet<>();
        List<String> names = new ArrayList<>(List.of(reader.getLocalName()));
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            names.add(reader.getAttributeLocalName(i));
        }
        for (String name : names) {
            int end = name.indexOf(XmlText.PREFIX_END);
            boolean declares = name.startsWith("xmlns" + XmlText.PREFIX_END);
            if (end > 0 && declares == declarations) {
                found.add(declares ? name.substring(end + 1) : name.substring(0, end));
            }
        }
        return found;
    }

    /** The line of what was read last, from 1. */
    public int line() {
        return skippedLines + reader.getLocationInfo().getStartLocation().getLineNumber();
    }

    /** The column of what was read last, from 1. */
    public int column() {
        return reader.getLocationInfo().getStartLocation().getColumnNumber();
    }

    /** Lines of white space before the document, which are forgiven. */
    public int skippedLines() {
        return skippedLines;
    }

    /** Where the current element's start tag begins, in characters. */
    public int begin() {
        return (int) reader.getLocationInfo().getStartingCharOffset();
    }

    /** The document's own characters from there to the end of the tag that was read last. */
    public String sourceFrom(int begin) throws XMLStreamException {
        return text.substring(begin, (int) reader.getLocationInfo().getEndingCharOffset());
    }

    /** How deep the current element is; the root is 1. */
    public int depth() {
        return depth;
    }

    /** Passes over all there is, whatever its size, until behind the element of that depth. */
    public void leave(int level) throws XMLStreamException {
        while (depth >= level) {
            move();
        }
    }

    /** Passes over the rest, so that a document that breaks off is noticed. */
    public void finish() throws XMLStreamException {
        while (reader.hasNext()) {
            next();
        }
    }

    @Override
    public void close() throws XMLStreamException {
        reader.close();
    }

    private int next() throws XMLStreamException {
        int event = move();
        if (event == XMLStreamConstants.START_ELEMENT) {
            if (depth > limits.maxDepth()) {
                throw new OverLimit("elements are nested deeper than " + limits.maxDepth());
            }
            if (reader.getAttributeCount() > limits.maxAttributes()) {
                throw new OverLimit("an element has more than " + limits.maxAttributes() + " attributes");
            }
        }
        return event;
    }

    private int move() throws XMLStreamException {
        int event = reader.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> depth++;
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD -> throw new Refused("document type declaration is not allowed");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new Refused("entity is not allowed");
            default -> {}
        }
        return event;
    }

    private void collect() throws XMLStreamException {
        if (collected.length() + reader.getTextLength() > limits.maxText()) {
            throw new OverLimit("a text is longer than " + limits.maxText() + " characters");
        }
        collected.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    }

    private String trimmed() {
        int begin = 0;
        int end = collected.length();
        while (begin < end && Character.isWhitespace(collected.charAt(begin))) {
            begin++;
        }
        while (end > begin && Character.isWhitespace(collected.charAt(end - 1))) {
            end--;
        }
        return begin == end ? "" : collected.substring(begin, end);
    }

    private String name() {
        String name = reader.getLocalName();
        int prefix = name.lastIndexOf(XmlText.PREFIX_END);
        return prefix < 0 ? name : name.substring(prefix + 1);
    }

    private static int lines(String text, int end) {
        int lines = 0;
        for (int i = 0; i < end; i++) {
            lines += text.charAt(i) == '\n' ? 1 : 0;
        }
        return lines;
    }
}
