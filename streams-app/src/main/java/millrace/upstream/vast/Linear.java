package millrace.upstream.vast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.schemas.Media;

/**
 * A Linear element of an ad or of a wrapper.
 *
 * @param duration empty when it is missing or not a time
 * @param media MediaFile elements with a URL, in the order of the document; Mezzanine and others are not among them
 */
record Linear(
        Optional<Duration> duration,
        List<MediaFile> media,
        List<Tracking> tracking,
        Optional<String> clickThrough,
        List<String> clickTracking) {

    Linear {
        media = List.copyOf(media);
        tracking = List.copyOf(tracking);
        clickTracking = List.copyOf(clickTracking);
    }

    /**
     * One MediaFile (VAST 4.3, 3.9.1).
     *
     * @param type media type as written
     * @param width pixels, empty when absent or not a number
     * @param bitrateKbps the bitrate, else the mean of the least and the largest
     */
    record MediaFile(
            String url,
            String type,
            Optional<Integer> width,
            Optional<Integer> height,
            Optional<Integer> bitrateKbps,
            Optional<String> delivery,
            Optional<String> codec,
            Optional<String> apiFramework) {

        Media toMedia() {
            return new Media(
                    url,
                    type,
                    width.orElse(null),
                    height.orElse(null),
                    bitrateKbps.orElse(null),
                    delivery.orElse(null),
                    codec.orElse(null),
                    apiFramework.orElse(null));
        }
    }

    /**
     * One Tracking element; the event name is kept as it was written.
     *
     * @param offset of a progress event: a time or a percentage
     */
    record Tracking(String event, Optional<String> offset, String url) {}
}
