package millrace.upstream.vast.document;

import java.util.List;
import java.util.Optional;

/**
 * What InLine and Wrapper have alike; the schema calls it AdDefinitionBase.
 *
 * @param system AdSystem, who returned the ad (VAST 4.3, 3.4.1)
 * @param pricing for the record only, money comes from the campaign (3.4.8)
 * @param errors Error URLs (3.4.7)
 * @param verifications of AdVerifications, and of extensions of that type as before VAST 4.1 (3.16)
 * @param extensions verbatim (3.18)
 */
public record AdDefinition(
        AdSystem system,
        Optional<Pricing> pricing,
        List<Link> impressions,
        List<String> errors,
        Optional<ViewableImpression> viewable,
        List<Verification> verifications,
        List<Extension> extensions,
        List<Creative> creatives) {
    /** Of an ad that says nothing. */
    public static final AdDefinition EMPTY = new AdDefinition(
            AdSystem.UNKNOWN,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of());

    public AdDefinition {
        impressions = List.copyOf(impressions);
        errors = List.copyOf(errors);
        verifications = List.copyOf(verifications);
        extensions = List.copyOf(extensions);
        creatives = List.copyOf(creatives);
    }
}
