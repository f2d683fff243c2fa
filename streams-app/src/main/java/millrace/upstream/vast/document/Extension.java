package millrace.upstream.vast.document;

/**
 * An Extension or CreativeExtension (VAST 4.3, 3.18 and 3.7.2), or an Extension of VMAP.
 *
 * @param markup the element with its tags, character for character; a prefix in it may be declared further out, or nowhere
 */
public record Extension(String type, String markup) {}
