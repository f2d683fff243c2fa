package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdDefinition;
import millrace.upstream.vast.document.AdSystem;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.Pricing;
import millrace.upstream.vast.document.Verification;
import millrace.upstream.vast.document.ViewableImpression;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads the children that InLine and Wrapper have alike. */
final class DefinitionReader {
    private final XmlCursor xml;

    private AdSystem system = AdSystem.UNKNOWN;
    private Optional<Pricing> pricing = Optional.empty();
    private Optional<ViewableImpression> viewable = Optional.empty();
    private final List<Link> impressions = new ArrayList<>(2);
    private final List<String> errors = new ArrayList<>(2);
    private final List<Verification> verifications = new ArrayList<>(1);
    private final List<Extension> extensions = new ArrayList<>(1);
    private final List<Creative> creatives = new ArrayList<>(2);

    DefinitionReader(XmlCursor xml) {
        this.xml = xml;
    }

    void child(String name) throws XMLStreamException {
        switch (name) {
            case "AdSystem" -> {
                String version = xml.attribute("version");
                system = new AdSystem(xml.text(), version);
            }
            case "Pricing" ->
                pricing = Optional.of(new Pricing(xml.attribute("model"), xml.attribute("currency"), xml.text()));
            case "Impression" -> Leaf.addLink(xml, impressions);
            case "Error" -> Leaf.addUrl(xml, errors);
            case "ViewableImpression" -> viewable = Optional.of(new ViewableReader(xml).viewable());
            case "AdVerifications" -> xml.eachChild(this::verification);
            case "Extensions" -> xml.eachChild(this::extension);
            case "Creatives" -> xml.eachChild(this::creative);
            default -> {}
        }
    }

    AdDefinition definition() {
        return new AdDefinition(system, pricing, impressions, errors, viewable, verifications, extensions, creatives);
    }

    private void verification(String name) throws XMLStreamException {
        if (name.equals("Verification")) {
            verifications.add(new VerificationReader(xml, false).verification());
        }
    }

    /** Before VAST 4.1 verifications stood in an Extension of type AdVerifications (VAST 4.3, 3.16). */
    private void extension(String name) throws XMLStreamException {
        if (name.equals("Extension")) {
            extensions.add(Leaf.extension(xml, child -> {
                switch (child) {
                    case "AdVerifications" -> xml.eachChild(this::extended);
                    default -> extended(child);
                }
            }));
        }
    }

    private void extended(String name) throws XMLStreamException {
        if (name.equals("Verification")) {
            verifications.add(new VerificationReader(xml, true).verification());
        }
    }

    private void creative(String name) throws XMLStreamException {
        if (name.equals("Creative")) {
            creatives.add(new CreativeReader(xml).creative());
        }
    }
}
