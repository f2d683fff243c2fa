package millrace.gateway.format;

import java.util.List;
import java.util.Optional;
import millrace.schemas.AdRequest;
import millrace.upstream.vast.writer.VastVersion;
import millrace.upstream.vast.writer.VastWriter;
import millrace.upstream.vast.writer.VmapWriter;

/** Documents without ads, and what is one. */
final class Vast {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private Vast() {}

    /** Whether a markup is a document, not a banner. */
    static boolean is(String markup) {
        String text = markup.stripLeading();
        return text.startsWith("<VAST") || text.startsWith("<?xml") || text.startsWith("<vmap:VMAP");
    }

    static String declared(String document) {
        return document.stripLeading().startsWith("<?xml") ? document : DECLARATION + document;
    }

    static String empty(AdRequest request, VastVersion usual) {
        return declared(VastWriter.document(List.of(), version(request, usual)));
    }

    static String emptySchedule(AdRequest request, VastVersion usual) {
        return declared(VmapWriter.document(List.of(), version(request, usual)));
    }

    private static VastVersion version(AdRequest request, VastVersion usual) {
        return Optional.ofNullable(request.getVastVersion())
                .flatMap(VastVersion::of)
                .orElse(usual);
    }
}
