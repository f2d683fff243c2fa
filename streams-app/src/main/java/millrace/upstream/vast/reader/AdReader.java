package millrace.upstream.vast.reader;

import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import millrace.upstream.vast.document.AdHead;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument.Standard;
import millrace.upstream.vast.xml.OverLimit;
import millrace.upstream.vast.xml.XmlCursor;

/** Reads one Ad element. The first of InLine and Wrapper counts; an Ad with neither is unreadable, and one over a limit. */
final class AdReader {
    private final XmlCursor xml;
    private final Standard standard;
    private final String rootTag;

    private Optional<InlineReader> inline = Optional.empty();
    private Optional<WrapperReader> wrapper = Optional.empty();

    AdReader(XmlCursor xml, Standard standard, String rootTag) {
        this.xml = xml;
        this.standard = standard;
        this.rootTag = rootTag;
    }

    VastAd ad() throws XMLStreamException {
        int begin = xml.begin();
        int level = xml.depth();
        AdHead head = head();
        try {
            xml.eachChild(this::child);
        } catch (OverLimit e) {
            xml.leave(level);
            return new VastAd.Unreadable(head, String.valueOf(e.getMessage()));
        }
        if (inline.isPresent()) {
            return inline.get().ad(head, inRoot(xml.sourceFrom(begin)));
        }
        return wrapper.<VastAd>map(w -> w.ad(head))
                .orElseGet(() -> new VastAd.Unreadable(head, "an Ad without InLine or Wrapper"));
    }

    private void child(String name) throws XMLStreamException {
        if (inline.isPresent() || wrapper.isPresent()) {
            return;
        }
        switch (name) {
            case "InLine" -> {
                inline = Optional.of(new InlineReader(xml));
                xml.eachChild(inline.get()::child);
            }
            case "Wrapper" -> {
                wrapper = Optional.of(new WrapperReader(xml));
                xml.eachChild(wrapper.get()::child);
            }
            default -> {}
        }
    }

    private AdHead head() {
        String adType = xml.attribute("adType");
        boolean isAudio = adType.isEmpty() && standard == Standard.DAAST;
        return new AdHead(
                xml.attribute("id"),
                sequence(xml.attribute("sequence")),
                isAudio ? "audio" : adType,
                xml.flag("conditionalAd").orElse(false));
    }

    /** A whole number of 1 or more; anything else is stand-alone. */
    private static int sequence(String text) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 5) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The ad as a document of its own, with the version and the prefixes that the root declares. */
    private String inRoot(String ad) {
        int end = 1;
        while (end < rootTag.length() && rootTag.charAt(end) > ' ' && rootTag.charAt(end) != '>') {
            end++;
        }
        return rootTag + ad + "</" + rootTag.substring(1, end) + ">";
    }
}
