package millrace.upstream.vast.document;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One NonLinear ad (VAST 4.3, 3.12.1); in a wrapper it has click trackers only.
 *
 * @param clickThrough empty when absent
 */
public record NonLinear(
        String id,
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<Integer> expandedWidth,
        Optional<Integer> expandedHeight,
        Optional<Boolean> scalable,
        Optional<Boolean> maintainAspectRatio,
        Optional<Duration> minSuggestedDuration,
        String apiFramework,
        List<Resource> resources,
        Optional<AdParameters> parameters,
        String clickThrough,
        List<Link> clickTracking) {
    public NonLinear {
        resources = List.copyOf(resources);
        clickTracking = List.copyOf(clickTracking);
    }

    /** The same with other click trackers. */
    public NonLinear withClickTracking(List<Link> trackers) {
        return new NonLinear(
                id,
                width,
                height,
                expandedWidth,
                expandedHeight,
                scalable,
                maintainAspectRatio,
                minSuggestedDuration,
                apiFramework,
                resources,
                parameters,
                clickThrough,
                trackers);
    }
}
