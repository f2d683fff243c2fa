package millrace.upstream.vast.reader;

import java.nio.charset.CharacterCodingException;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.document.VastDocument.Standard;
import millrace.upstream.vast.xml.DocumentLimits;
import millrace.upstream.vast.xml.XmlCursor;

/**
 * Reads a document of any kind: VAST 2.0 to 4.x, VMAP, DAAST 1.x. Elements are matched by local name; what is not known is
 * passed over, also look-alikes inside extensions; one bad Ad does not lose the others.
 */
public final class DocumentReader {
    private DocumentReader() {}

    /** Reads a document with the default limits. Charset by XML's own rules: byte order mark, declaration, UTF-8. */
    public static ParsedVast read(byte[] bytes) {
        return read(bytes, DocumentLimits.defaults());
    }

    public static ParsedVast read(byte[] bytes, DocumentLimits limits) {
        if (bytes.length > limits.maxBytes()) {
            return malformed("document has " + bytes.length + " bytes; at most " + limits.maxBytes());
        }
        if (isBlank(bytes)) {
            return malformed("the document is empty");
        }
        try (XmlCursor xml = new XmlCursor(bytes, limits)) {
            ParsedVast document = root(xml, limits);
            xml.finish();
            return document;
        } catch (CharacterCodingException e) {
            return malformed("bytes are not in the document's charset");
        } catch (XMLStreamException e) {
            return malformed("not well-formed: " + firstLine(e));
        } catch (RuntimeException e) {
            // A parser of others on bytes of others: whatever it stumbles over, the document is at fault.
            return malformed("not readable: " + e.getClass().getSimpleName());
        }
    }

    /** Whether there is nothing in it but white space. */
    public static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0 || b > ' ') {
                return false;
            }
        }
        return true;
    }

    private static ParsedVast root(XmlCursor xml, DocumentLimits limits) throws XMLStreamException {
        return switch (xml.root()) {
            case "VAST" -> new VastReader(xml, limits, Standard.VAST).document();
            case "DAAST" -> new VastReader(xml, limits, Standard.DAAST).document();
            case "VMAP" -> new VmapReader(xml, limits).document();
            case "VideoAdServingTemplate" -> new ParsedVast.Malformed(VastCode.VERSION, "VAST 1.0 is not supported");
            default -> new ParsedVast.Malformed(VastCode.SCHEMA, "root element is not VAST");
        };
    }

    private static ParsedVast malformed(String reason) {
        return new ParsedVast.Malformed(VastCode.XML_PARSING, reason);
    }

    private static String firstLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
