package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLStreamException;

/** Reads one Ad element. The first of InLine and Wrapper counts; an Ad with neither is unreadable. Used once. */
final class AdReader {
    private final XmlCursor xml;
    private final UnaryOperator<String> inRoot;

    private String kind = "";
    private String title = "";
    private String advertiser = "";
    private String tagUri = "";
    private boolean follow = true;
    private boolean multiple;
    private boolean fallback = true;
    private Optional<VastAd.Pricing> pricing = Optional.empty();
    private final List<String> categories = new ArrayList<>();
    private final List<String> blocked = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> impressions = new ArrayList<>();
    private final List<VastAd.Creative> creatives = new ArrayList<>();

    AdReader(XmlCursor xml, UnaryOperator<String> inRoot) {
        this.xml = xml;
        this.inRoot = inRoot;
    }

    VastAd ad() throws XMLStreamException {
        int begin = xml.begin();
        String id = xml.attribute("id").orElse("");
        int sequence = sequence(xml.attribute("sequence").orElse(""));
        xml.eachChild(name -> {
            boolean isBody = name.equals("InLine") || name.equals("Wrapper");
            if (isBody && kind.isEmpty()) {
                kind = name;
                wrapperRules();
                xml.eachChild(this::child);
            }
        });
        return switch (kind) {
            case "InLine" ->
                new VastAd.InLine(
                        id,
                        sequence,
                        title,
                        advertiser,
                        pricing,
                        categories,
                        errors,
                        impressions,
                        creatives,
                        inRoot.apply(xml.sourceFrom(begin)));
            case "Wrapper" ->
                new VastAd.Wrapper(
                        id, sequence, tagUri, follow, multiple, fallback, errors, impressions, creatives, blocked);
            default -> new VastAd.Unreadable(id, sequence);
        };
    }

    /** Keeps a URL that may be called: not blank, not about:blank (VAST 4.3, 3.4.4). */
    static void addUrl(List<String> urls, String text) {
        if (!text.isEmpty() && !text.toLowerCase(Locale.ROOT).startsWith("about:")) {
            urls.add(text);
        }
    }

    private void wrapperRules() {
        follow = flag("followAdditionalWrappers", true);
        multiple = flag("allowMultipleAds", false);
        fallback = flag("fallbackOnNoAd", true);
    }

    private void child(String name) throws XMLStreamException {
        switch (name) {
            case "AdTitle" -> title = xml.text();
            case "Advertiser" -> advertiser = xml.text();
            case "VASTAdTagURI" -> tagUri = xml.text();
            case "Error" -> addUrl(errors, xml.text());
            case "Impression" -> addUrl(impressions, xml.text());
            case "Category" -> addCategories(categories, xml.text());
            case "BlockedAdCategories" -> addCategories(blocked, xml.text());
            case "Pricing" -> pricing = Optional.of(readPricing());
            case "Creatives" -> xml.eachChild(this::creative);
            default -> {}
        }
    }

    private void creative(String name) throws XMLStreamException {
        if (name.equals("Creative")) {
            creatives.add(new CreativeReader(xml).creative());
        }
    }

    private VastAd.Pricing readPricing() throws XMLStreamException {
        String model = xml.attribute("model").orElse("");
        String currency = xml.attribute("currency").orElse("");
        return new VastAd.Pricing(model, currency, xml.text());
    }

    private boolean flag(String name, boolean otherwise) {
        return switch (xml.attribute(name).orElse("").toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> otherwise;
        };
    }

    private static void addCategories(List<String> into, String text) {
        for (String category : text.split(",", -1)) {
            if (!category.isBlank()) {
                into.add(category.strip());
            }
        }
    }

    /** A whole number of 1 or more; anything else is stand-alone. */
    static int sequence(String text) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 5) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
