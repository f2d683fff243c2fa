package millrace.upstream.vast.document;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An Icon over a linear ad, such as AdChoices (VAST 4.3, 3.11).
 *
 * @param xPosition pixels, {@code left} or {@code right}, as written
 * @param yPosition pixels, {@code top} or {@code bottom}, as written
 * @param offset from the beginning of the ad
 * @param pxRatio a decimal number as written
 * @param altText since VAST 4.3, as is {@code hoverText}
 * @param views IconViewTracking URLs
 */
public record Icon(
        String program,
        Optional<Integer> width,
        Optional<Integer> height,
        String xPosition,
        String yPosition,
        Optional<Duration> duration,
        Optional<Duration> offset,
        String apiFramework,
        String pxRatio,
        String altText,
        String hoverText,
        List<Resource> resources,
        Optional<Clicks> clicks,
        List<String> views) {
    public Icon {
        resources = List.copyOf(resources);
        views = List.copyOf(views);
    }

    /**
     * IconClicks (3.11.1).
     *
     * @param through empty when absent
     * @param fallbacks images for devices that open no page
     */
    public record Clicks(String through, List<Link> tracking, List<FallbackImage> fallbacks) {
        public Clicks {
            tracking = List.copyOf(tracking);
            fallbacks = List.copyOf(fallbacks);
        }
    }

    /** IconClickFallbackImage (3.11.1.4). */
    public record FallbackImage(
            Optional<Integer> width, Optional<Integer> height, String altText, List<Resource> resources) {
        public FallbackImage {
            resources = List.copyOf(resources);
        }
    }
}
