package millrace.upstream.vast.document;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One Ad element (VAST 4.3, 3.3). In this and every record below: a text that is absent or blank is empty, URLs are
 * trimmed and never blank or {@code about:blank}, macros are still in them.
 */
public sealed interface VastAd {
    AdHead head();

    /** Empty when absent. */
    default String id() {
        return head().id();
    }

    /** Place in a pod, 1 or more; 0 is a stand-alone ad. */
    default int sequence() {
        return head().sequence();
    }

    default boolean isStandAlone() {
        return sequence() == 0;
    }

    /** What inline ads and wrappers have alike. */
    sealed interface Usable extends VastAd {
        AdDefinition definition();

        default List<String> errors() {
            return definition().errors();
        }

        default List<Link> impressions() {
            return definition().impressions();
        }

        default List<Creative> creatives() {
            return definition().creatives();
        }

        /** Of all creatives, in order. */
        default Stream<Linear> linears() {
            return creatives().stream().flatMap(c -> c.linear().stream());
        }
    }

    /**
     * An ad with its creatives (VAST 4.3, 3.4).
     *
     * @param servingId AdServingId, the same in all systems that handle this one serving (3.4.3)
     * @param categories of the content (3.4.5)
     * @param expires how long the ad may be kept before it is used (3.4.11)
     * @param markup the Ad element as it came, inside the document's own root tag
     */
    record InLine(
            AdHead head,
            AdDefinition definition,
            String servingId,
            String title,
            String description,
            Advertiser advertiser,
            List<Category> categories,
            Optional<Survey> survey,
            Optional<Duration> expires,
            String markup)
            implements Usable {
        public InLine {
            categories = List.copyOf(categories);
        }

        public List<String> categoryCodes() {
            return Category.codes(categories);
        }
    }

    /**
     * A pointer to another document (VAST 4.3, 3.19).
     *
     * @param tagUri may be relative; empty when the element is missing
     * @param follow followAdditionalWrappers: whether the answer may be a wrapper again
     * @param multiple allowMultipleAds: whether all ads of the answer may be used
     * @param fallback fallbackOnNoAd as written: whether another ad may take its place
     * @param blocked BlockedAdCategories (3.19.2)
     */
    record Wrapper(
            AdHead head,
            AdDefinition definition,
            String tagUri,
            boolean follow,
            boolean multiple,
            Optional<Boolean> fallback,
            List<Category> blocked)
            implements Usable {
        public Wrapper {
            blocked = List.copyOf(blocked);
        }

        /** Absent is the player's choice, and ours is yes. */
        public boolean mayFallBack() {
            return fallback.orElse(true);
        }

        public List<String> blockedCategories() {
            return Category.codes(blocked);
        }
    }

    /** An Ad that is neither, or over a limit: it breaks the schema (101) and is passed over. */
    record Unreadable(AdHead head, String reason) implements VastAd {}
}
