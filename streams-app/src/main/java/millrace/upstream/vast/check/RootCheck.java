package millrace.upstream.vast.check;

import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.check.Findings.Place;
import millrace.upstream.vast.xml.DocumentLimits;
import millrace.upstream.vast.xml.XmlCursor;

/** Checks a root: VAST, DAAST, VMAP, or a VAST inside a VMAP. */
final class RootCheck {
    private final XmlCursor xml;
    private final DocumentLimits limits;
    private final Findings findings;

    RootCheck(XmlCursor xml, DocumentLimits limits, Findings findings) {
        this.xml = xml;
        this.limits = limits;
        this.findings = findings;
    }

    void check(String root, Place place) throws XMLStreamException {
        switch (root) {
            case "VAST", "DAAST", "VMAP" -> known(root, place);
            case "VideoAdServingTemplate" ->
                findings.add(place, Severity.ERROR, "VAST 1.0 is not supported by anybody (102)");
            default ->
                findings.add(
                        place,
                        Severity.ERROR,
                        "the root is " + root + ", not VAST, DAAST or VMAP (101)"
                                + Grammar.meant(root)
                                        .map(m -> "; " + m + " is meant")
                                        .orElse(""));
        }
    }

    private void known(String root, Place place) throws XMLStreamException {
        String version = xml.attribute("version");
        if (root.equals("VAST") && version(version) == 0) {
            findings.add(place, Severity.WARNING, "version is \"" + version + "\", not 2.0 to 4.3");
        }
        if (root.equals("VAST") && version.startsWith("1")) {
            findings.add(place, Severity.ERROR, "VAST " + version + " is not supported (102)");
        }
        int held = root.equals("VAST") ? version(version) : 0;
        new ElementCheck(xml, findings, held, limits.maxAds()).check(root, place);
    }

    /** 43 for 4.3; 0 when it is not a version that is known. */
    static int version(String text) {
        String version = text.strip();
        boolean isPlain = version.length() >= 3 && version.charAt(1) == '.' && Character.isDigit(version.charAt(2));
        char major = isPlain ? version.charAt(0) : '0';
        return major >= '2' && major <= '4' ? (major - '0') * 10 + (version.charAt(2) - '0') : 0;
    }
}
