package millrace.upstream.vast.document;

import java.util.List;

/**
 * A VAST document of version 2.0 to 4.x, or a DAAST document of version 1.x (VAST 4.3, 3.2 and 1.4).
 *
 * @param version as written, empty when absent
 * @param ads in the order of the document; one that is broken is {@link VastAd.Unreadable} among the others
 * @param errors root-level Error URLs, owed a call when there is no ad (3.2.1)
 */
public record VastDocument(Standard standard, String version, List<VastAd> ads, List<String> errors)
        implements ParsedVast {

    /** By which name the root calls itself. */
    public enum Standard {
        VAST,
        /** For audio, of 2014; its ads are of {@code adType} audio unless they say otherwise. */
        DAAST
    }

    public VastDocument {
        ads = List.copyOf(ads);
        errors = List.copyOf(errors);
    }
}
