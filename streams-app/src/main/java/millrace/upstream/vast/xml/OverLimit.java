package millrace.upstream.vast.xml;

import javax.xml.stream.XMLStreamException;

/** The document has more of something than is read. It can be read on behind the element that has it. */
public final class OverLimit extends XMLStreamException {
    private static final long serialVersionUID = 1;

    OverLimit(String message) {
        super(message);
    }
}
