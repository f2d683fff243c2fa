package millrace.upstream.vast.document;

import java.util.Optional;

/**
 * One MediaFile (VAST 4.3, 3.9.1).
 *
 * @param delivery {@code progressive} or {@code streaming}, as written
 * @param type media type as written
 * @param width pixels; 0 for audio, empty when absent or not a number
 * @param bitrate kbit/s
 * @param codec RFC 4281
 * @param fileSize bytes
 * @param mediaType {@code 2D}, {@code 3D}, {@code 360}, as written
 */
public record MediaFile(
        String id,
        String url,
        String delivery,
        String type,
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<Integer> bitrate,
        Optional<Integer> minBitrate,
        Optional<Integer> maxBitrate,
        String codec,
        Optional<Boolean> scalable,
        Optional<Boolean> maintainAspectRatio,
        Optional<Long> fileSize,
        String mediaType,
        String apiFramework) {

    /** The bitrate, else the mean of the least and the largest. */
    public Optional<Integer> bitrateKbps() {
        return bitrate.or(() -> minBitrate.flatMap(least -> maxBitrate.map(most -> (least + most) / 2)));
    }
}
