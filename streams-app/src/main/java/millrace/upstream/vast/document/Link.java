package millrace.upstream.vast.document;

/** A URL to call or to lead to, which may have an id: an impression, a click, a click's tracker. */
public record Link(String id, String url) {}
