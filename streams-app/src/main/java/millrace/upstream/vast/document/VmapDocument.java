package millrace.upstream.vast.document;

import java.util.List;

/**
 * A schedule of breaks (VMAP 1.0.1, 2.2).
 *
 * @param version as written, empty when absent
 */
public record VmapDocument(String version, List<AdBreak> breaks, List<Extension> extensions) implements ParsedVast {
    public VmapDocument {
        breaks = List.copyOf(breaks);
        extensions = List.copyOf(extensions);
    }
}
