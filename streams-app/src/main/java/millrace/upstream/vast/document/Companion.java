package millrace.upstream.vast.document;

import java.util.List;
import java.util.Optional;

/**
 * One Companion (VAST 4.3, 3.13.1).
 *
 * @param renderingMode {@code default}, {@code end-card}, {@code concurrent}, as written
 * @param logoTile attribute of DAAST, which VAST has no twin of
 * @param clickThrough empty when absent
 */
public record Companion(
        String id,
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<Integer> assetWidth,
        Optional<Integer> assetHeight,
        Optional<Integer> expandedWidth,
        Optional<Integer> expandedHeight,
        String apiFramework,
        String adSlotId,
        String pxRatio,
        String renderingMode,
        boolean logoTile,
        List<Resource> resources,
        Optional<AdParameters> parameters,
        String altText,
        String clickThrough,
        List<Link> clickTracking,
        List<Tracking> tracking,
        List<Extension> extensions) {
    public Companion {
        resources = List.copyOf(resources);
        clickTracking = List.copyOf(clickTracking);
        tracking = List.copyOf(tracking);
        extensions = List.copyOf(extensions);
    }

    /** The same with other trackers. */
    public Companion withTrackers(List<Link> clicks, List<Tracking> events) {
        return new Companion(
                id,
                width,
                height,
                assetWidth,
                assetHeight,
                expandedWidth,
                expandedHeight,
                apiFramework,
                adSlotId,
                pxRatio,
                renderingMode,
                logoTile,
                resources,
                parameters,
                altText,
                clickThrough,
                clicks,
                events,
                extensions);
    }
}
