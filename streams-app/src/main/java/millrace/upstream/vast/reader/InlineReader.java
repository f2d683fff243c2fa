package millrace.upstream.vast.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdHead;
import millrace.upstream.vast.document.Advertiser;
import millrace.upstream.vast.document.Category;
import millrace.upstream.vast.document.Survey;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastTime;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads an InLine element (VAST 4.3, 3.4). */
final class InlineReader {
    private final XmlCursor xml;
    private final DefinitionReader definition;

    private String servingId = "";
    private String title = "";
    private String description = "";
    private Advertiser advertiser = Advertiser.UNKNOWN;
    private Optional<Survey> survey = Optional.empty();
    private Optional<Duration> expires = Optional.empty();
    private final List<Category> categories = new ArrayList<>(1);

    InlineReader(XmlCursor xml) {
        this.xml = xml;
        this.definition = new DefinitionReader(xml);
    }

    void child(String name) throws XMLStreamException {
        switch (name) {
            case "AdServingId" -> servingId = xml.text();
            case "AdTitle" -> title = xml.text();
            case "Description" -> description = xml.text();
            case "Advertiser" -> advertiser = new Advertiser(xml.attribute("id"), xml.text());
            case "Category" -> Leaf.addCategory(xml, categories);
            case "Survey" -> survey = readSurvey();
            case "Expires" -> expires = VastTime.whole(xml.text()).map(Duration::ofSeconds);
            default -> definition.child(name);
        }
    }

    VastAd.InLine ad(AdHead head, String markup) {
        return new VastAd.InLine(
                head,
                definition.definition(),
                servingId,
                title,
                description,
                advertiser,
                categories,
                survey,
                expires,
                markup);
    }

    private Optional<Survey> readSurvey() throws XMLStreamException {
        String type = xml.attribute("type");
        String url = xml.url();
        return url.isEmpty() ? Optional.empty() : Optional.of(new Survey(type, url));
    }
}
