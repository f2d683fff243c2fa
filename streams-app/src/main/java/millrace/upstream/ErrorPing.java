package millrace.upstream;

/**
 * An error URL that is owed a call.
 *
 * @param code VAST error code (VAST 4.3, 2.3.6.3)
 */
public record ErrorPing(String url, int code) {}
