package millrace.upstream.vast.document;

/**
 * One Tracking element (VAST 4.3, 3.14).
 *
 * @param event as it was written, unknown ones too
 * @param offset of a progress event, as {@link Offset} reads it; empty when absent
 */
public record Tracking(String event, String offset, String url) {}
