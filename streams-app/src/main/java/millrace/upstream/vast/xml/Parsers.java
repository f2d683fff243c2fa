package millrace.upstream.vast.xml;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.CharArrayReader;
import java.util.concurrent.atomic.AtomicLong;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Opens parsers. A factory keeps every name that its parsers ever met, so that the next one knows it; strangers can send
 * new names without end, so a factory is used for so many characters only, and then put away with what it knows.
 */
final class Parsers {
    /** Some hundred usual documents; at the worst, some hundred thousand names. */
    private static final long LIFE = 1 << 20;

    private static volatile Parsers current = new Parsers();

    private final XMLInputFactory factory = factory();
    private final AtomicLong read = new AtomicLong();

    private Parsers() {}

    static XMLStreamReader2 open(char[] chars, int begin, int length) throws XMLStreamException {
        Parsers parsers = current;
        if (parsers.read.getAndAdd(length) > LIFE) {
            // Two threads may both do so; one factory is then used but once.
            parsers = new Parsers();
            current = parsers;
        }
        return (XMLStreamReader2) parsers.factory.createXMLStreamReader(new CharArrayReader(chars, begin, length));
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
