package millrace.upstream.vast.check;

import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.check.Findings.Place;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.xml.DocumentLimits;
import millrace.upstream.vast.xml.OverLimit;
import millrace.upstream.vast.xml.Refused;
import millrace.upstream.vast.xml.XmlCursor;

/** Bytes in, findings out, in one pass; what cannot be read to the end has its findings up to there. */
public final class DocumentCheck {
    private static final Place WHOLE = new Place(0, 0, "");

    private DocumentCheck() {}

    public static List<Finding> of(byte[] bytes, DocumentLimits limits) {
        Findings findings = new Findings();
        if (bytes.length > limits.maxBytes()) {
            findings.add(
                    WHOLE,
                    Severity.ERROR,
                    "has " + bytes.length + " bytes; no more than " + limits.maxBytes() + " are read");
            return findings.inOrder();
        }
        if (DocumentReader.isBlank(bytes)) {
            findings.add(WHOLE, Severity.ERROR, "the document is empty (100)");
            return findings.inOrder();
        }
        try (XmlCursor xml = new XmlCursor(bytes, limits)) {
            read(xml, limits, findings);
        } catch (CharacterCodingException e) {
            findings.add(WHOLE, Severity.ERROR, "the bytes are not of the charset that the document declares (100)");
        } catch (XMLStreamException e) {
            findings.add(place(e), Severity.ERROR, "not well-formed (100): " + firstLine(e));
        } catch (RuntimeException e) {
            // A parser of others on bytes of others: whatever it stumbles over, the document is at fault.
            findings.add(
                    WHOLE, Severity.ERROR, "not readable (100): " + e.getClass().getSimpleName());
        }
        return findings.inOrder();
    }

    private static void read(XmlCursor xml, DocumentLimits limits, Findings findings) throws XMLStreamException {
        if (xml.skippedLines() > 0) {
            findings.add(
                    new Place(1, 1, ""), Severity.WARNING, "white space before the document; strict parsers refuse it");
        }
        String root = "";
        try {
            root = xml.root();
            Place place = WHOLE.in(root, xml.line(), xml.column());
            new RootCheck(xml, limits, findings).check(root, place);
            xml.finish();
        } catch (Refused e) {
            findings.add(new Place(xml.line(), xml.column(), ""), Severity.ERROR, firstLine(e) + " (100)");
        } catch (OverLimit e) {
            Place at = new Place(xml.line(), xml.column(), root);
            findings.add(at, Severity.ERROR, firstLine(e) + "; the ad, or the document, is lost");
        }
    }

    private static Place place(XMLStreamException e) {
        return Optional.ofNullable(e.getLocation())
                .map((Location at) -> new Place(at.getLineNumber(), at.getColumnNumber(), ""))
                .orElse(WHOLE);
    }

    private static String firstLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
