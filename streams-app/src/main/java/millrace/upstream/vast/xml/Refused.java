package millrace.upstream.vast.xml;

import javax.xml.stream.XMLStreamException;

/** The document has what it must not have. */
public final class Refused extends XMLStreamException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }
}
