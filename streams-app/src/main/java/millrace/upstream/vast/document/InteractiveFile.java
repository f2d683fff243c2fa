package millrace.upstream.vast.document;

import java.util.Optional;

/**
 * An InteractiveCreativeFile (VAST 4.3, 3.9.3).
 *
 * @param url since VAST 4.3 also a {@code data:} URI
 */
public record InteractiveFile(String url, String type, String apiFramework, Optional<Boolean> variableDuration) {}
