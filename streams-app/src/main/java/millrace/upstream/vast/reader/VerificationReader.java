package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.Verification;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a Verification element (VAST 4.3, 3.16). */
final class VerificationReader {
    private final XmlCursor xml;
    private final boolean inExtension;

    private String parameters = "";
    private final List<Verification.JavaScript> scripts = new ArrayList<>(1);
    private final List<Verification.Executable> executables = new ArrayList<>(1);
    private final List<Tracking> tracking = new ArrayList<>(1);

    VerificationReader(XmlCursor xml, boolean inExtension) {
        this.xml = xml;
        this.inExtension = inExtension;
    }

    Verification verification() throws XMLStreamException {
        String vendor = xml.attribute("vendor");
        xml.eachChild(this::child);
        return new Verification(vendor, scripts, executables, tracking, parameters, inExtension);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "JavaScriptResource" -> script();
            case "ExecutableResource" -> executable();
            case "TrackingEvents" -> Leaf.addTracking(xml, tracking);
            case "VerificationParameters" -> parameters = xml.text();
            default -> {}
        }
    }

    private void script() throws XMLStreamException {
        String apiFramework = xml.attribute("apiFramework");
        Optional<Boolean> browserOptional = xml.flag("browserOptional");
        String url = xml.url();
        if (!url.isEmpty()) {
            scripts.add(new Verification.JavaScript(url, apiFramework, browserOptional));
        }
    }

    private void executable() throws XMLStreamException {
        String apiFramework = xml.attribute("apiFramework");
        String type = xml.attribute("type");
        String url = xml.url();
        if (!url.isEmpty()) {
            executables.add(new Verification.Executable(url, apiFramework, type));
        }
    }
}
