package millrace.upstream.vast;

import java.util.List;
import java.util.Optional;

/** One Ad element. URLs are trimmed and never blank or {@code about:blank}; macros are still in them. */
public sealed interface VastAd {
    /** Empty when absent. */
    String id();

    /** Place in a pod, 1 or more; 0 is a stand-alone ad. */
    int sequence();

    default boolean isStandAlone() {
        return sequence() == 0;
    }

    /**
     * An ad with its creatives.
     *
     * @param markup the Ad element as it came, inside the document's own root tag
     */
    record InLine(
            String id,
            int sequence,
            String title,
            String advertiser,
            Optional<Pricing> pricing,
            List<String> categories,
            List<String> errors,
            List<String> impressions,
            List<Creative> creatives,
            String markup)
            implements VastAd {
        public InLine {
            categories = List.copyOf(categories);
            errors = List.copyOf(errors);
            impressions = List.copyOf(impressions);
            creatives = List.copyOf(creatives);
        }
    }

    /**
     * A pointer to another document.
     *
     * @param tagUri may be relative; empty when the element is missing
     * @param follow followAdditionalWrappers: whether the answer may be a wrapper again
     * @param multiple allowMultipleAds: whether all ads of the answer may be used
     * @param fallback fallbackOnNoAd: whether another stand-alone ad may take its place; absent is the player's choice,
     *     and ours is yes
     */
    record Wrapper(
            String id,
            int sequence,
            String tagUri,
            boolean follow,
            boolean multiple,
            boolean fallback,
            List<String> errors,
            List<String> impressions,
            List<Creative> creatives,
            List<String> blockedCategories)
            implements VastAd {
        public Wrapper {
            errors = List.copyOf(errors);
            impressions = List.copyOf(impressions);
            creatives = List.copyOf(creatives);
            blockedCategories = List.copyOf(blockedCategories);
        }
    }

    /** An Ad that is neither: it breaks the schema (101) and is passed over. */
    record Unreadable(String id, int sequence) implements VastAd {}

    /**
     * A Creative element.
     *
     * @param adId the creative's own ad id (adId, AdID), empty when absent
     * @param universalIds contents of UniversalAdId, the registry's placeholder "unknown" left out
     */
    record Creative(String id, String adId, List<String> universalIds, Optional<Linear> linear) {
        public Creative {
            universalIds = List.copyOf(universalIds);
        }
    }

    /** What an advertiser pays, as the document says it; for the record only, money comes from the campaign. */
    record Pricing(String model, String currency, String value) {}
}
