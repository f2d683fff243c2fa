package millrace.upstream.vast.document;

/** A survey about the ad, deprecated since VAST 4.1 (VAST 4.3, 3.4.10). */
public record Survey(String type, String url) {}
