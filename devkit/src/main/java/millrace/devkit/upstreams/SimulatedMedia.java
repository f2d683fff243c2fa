package millrace.devkit.upstreams;

/**
 * A media file of an ad.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bitrateKbps in kbit/s
 */
public record SimulatedMedia(String url, String mime, int width, int height, int bitrateKbps) {}
