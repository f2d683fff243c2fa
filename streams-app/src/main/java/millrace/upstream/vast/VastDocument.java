package millrace.upstream.vast;

import java.util.List;

/**
 * A VAST document of version 2.0 to 4.x. Elements are matched by local name; what is not known is passed over, also
 * look-alikes inside extensions; one bad Ad does not lose the others.
 *
 * @param version as written, empty when absent
 * @param ads in the order of the document
 * @param errors root-level Error URLs, owed a call when there is no ad
 */
public record VastDocument(String version, List<VastAd> ads, List<String> errors) implements ParsedVast {
    public VastDocument {
        ads = List.copyOf(ads);
        errors = List.copyOf(errors);
    }

    /** Reads a document with the default limits. Charset by XML's own rules: byte order mark, declaration, UTF-8. */
    public static ParsedVast parse(byte[] bytes) {
        return parse(bytes, VastLimits.defaults());
    }

    public static ParsedVast parse(byte[] bytes, VastLimits limits) {
        return VastReader.read(bytes, limits);
    }
}
