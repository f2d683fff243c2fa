package millrace.upstream.vast.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.Companion;
import millrace.upstream.vast.document.CompanionAds;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.UniversalAdId;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads a Creative element (VAST 4.3, 3.7); of each kind of creative in it the first counts. */
final class CreativeReader {
    private final XmlCursor xml;

    private Optional<Linear> linear = Optional.empty();
    private Optional<NonLinearAds> nonLinear = Optional.empty();
    private Optional<CompanionAds> companions = Optional.empty();
    private final List<UniversalAdId> universalIds = new ArrayList<>(1);
    private final List<Extension> extensions = new ArrayList<>(1);

    CreativeReader(XmlCursor xml) {
        this.xml = xml;
    }

    Creative creative() throws XMLStreamException {
        String id = xml.attribute("id");
        // Spelled AdID before VAST 4; attributes are found without regard to case.
        String adId = xml.attribute("adId");
        Optional<Integer> sequence = xml.number("sequence");
        String apiFramework = xml.attribute("apiFramework");
        xml.eachChild(this::child);
        return new Creative(id, adId, sequence, apiFramework, universalIds, extensions, linear, nonLinear, companions);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "UniversalAdId" -> universalId();
            case "CreativeExtensions" -> Leaf.addCreativeExtensions(xml, extensions);
            case "Linear" -> {
                if (linear.isEmpty()) {
                    linear = Optional.of(new LinearReader(xml).linear());
                }
            }
            case "NonLinearAds" -> {
                if (nonLinear.isEmpty()) {
                    nonLinear = Optional.of(new NonLinearReader(xml).ads());
                }
            }
            case "CompanionAds" -> {
                if (companions.isEmpty()) {
                    companions = Optional.of(companionAds());
                }
            }
            default -> {}
        }
    }

    private CompanionAds companionAds() throws XMLStreamException {
        String required = xml.attribute("required");
        List<Companion> all = new ArrayList<>(2);
        xml.eachChild(name -> {
            if (name.equals("Companion")) {
                all.add(new CompanionReader(xml).companion());
            }
        });
        return new CompanionAds(required, all);
    }

    /** The content counts; the idValue attribute is what 4.0 had (VAST 4.3, 3.7.1). */
    private void universalId() throws XMLStreamException {
        String registry = xml.attribute("idRegistry");
        String legacy = xml.attribute("idValue");
        String content = xml.text();
        universalIds.add(new UniversalAdId(registry, content.isEmpty() ? legacy : content));
    }
}
