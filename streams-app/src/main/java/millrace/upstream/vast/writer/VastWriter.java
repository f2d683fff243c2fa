package millrace.upstream.vast.writer;

import java.util.List;

/**
 * Puts Ad elements into a VAST document that is valid against the schema of its version, as far as the extensions of others
 * are. What the version has no room for is left out: of several icons all but the closest before 4.2, captions and kinds of
 * media before 4.1, and before 4.0 much more. Trackers of events that the schema does not name stand in an extension of type FurtherTracking.
 */
public final class VastWriter {
    private static final String NAMESPACE = "http://www.iab.com/VAST";

    private VastWriter() {}

    /**
     * A document of its own, without an XML declaration: it is text.
     *
     * @param ads Ad elements of the same version, issued
     */
    public static String document(List<String> ads, VastVersion version) {
        Markup xml = new Markup();
        write(ads, version, xml);
        return xml.toString();
    }

    static void write(List<String> ads, VastVersion version, Markup xml) {
        xml.open("VAST").attribute("version", version.text());
        if (version.hasNamespace()) {
            xml.attribute("xmlns", NAMESPACE);
        }
        ads.forEach(xml::raw);
        xml.close("VAST");
    }
}
