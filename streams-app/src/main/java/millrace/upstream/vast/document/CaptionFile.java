package millrace.upstream.vast.document;

/** A ClosedCaptionFile (VAST 4.3, 3.9.4). */
public record CaptionFile(String url, String type, String language) {}
