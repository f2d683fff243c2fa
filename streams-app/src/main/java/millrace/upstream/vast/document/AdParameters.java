package millrace.upstream.vast.document;

/**
 * Text for the unit that plays the ad (VAST 4.3, 3.8.2).
 *
 * @param text as it came; when {@code xmlEncoded}, to be decoded once more by who uses it
 */
public record AdParameters(String text, boolean xmlEncoded) {}
