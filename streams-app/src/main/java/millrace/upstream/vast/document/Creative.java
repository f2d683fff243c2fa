package millrace.upstream.vast.document;

import java.util.List;
import java.util.Optional;

/**
 * A Creative element (VAST 4.3, 3.7). The text wants one of the three kinds; the schema allows all.
 *
 * @param adId the ad server's id of the creative, in any of its spellings: adId, AdID, adID
 * @param sequence order among the ad's creatives; nothing to do with the pod
 */
public record Creative(
        String id,
        String adId,
        Optional<Integer> sequence,
        String apiFramework,
        List<UniversalAdId> universalIds,
        List<Extension> extensions,
        Optional<Linear> linear,
        Optional<NonLinearAds> nonLinear,
        Optional<CompanionAds> companions) {
    public Creative {
        universalIds = List.copyOf(universalIds);
        extensions = List.copyOf(extensions);
    }
}
