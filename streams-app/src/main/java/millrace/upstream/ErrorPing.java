package millrace.upstream;

/**
 * An error URL that is owed a call.
 *
 * @param code of VAST (VAST 4.3, 2.3.6.3), or of VMAP for a break (VMAP 1.0.1, 2.5)
 */
public record ErrorPing(String url, int code) {}
