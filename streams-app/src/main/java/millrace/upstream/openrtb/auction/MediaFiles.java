package millrace.upstream.openrtb.auction;

import java.util.LinkedHashSet;
import java.util.Set;

/** The addresses of the media files in a VAST document, found by their tags: enough to tell whether two ads show the same file. */
final class MediaFiles {
    private static final String OPEN = "<MediaFile";
    private static final String CLOSE = "</MediaFile";
    private static final String QUOTED = "<![CDATA[";

    private MediaFiles() {}

    static Set<String> in(String markup) {
        Set<String> found = new LinkedHashSet<>();
        int at = markup.indexOf(OPEN);
        while (at >= 0) {
            int begin = markup.indexOf('>', at);
            int end = begin < 0 ? -1 : markup.indexOf(CLOSE, begin);
            if (end < 0) {
                return found;
            }
            char next = markup.charAt(at + OPEN.length());
            if (next == ' ' || next == '>' || next == '\n' || next == '\t') {
                String address = markup.substring(begin + 1, end).strip();
                if (address.startsWith(QUOTED)) {
                    address = address.substring(QUOTED.length(), Math.max(QUOTED.length(), address.indexOf("]]>")));
                }
                found.add(address.strip());
            }
            at = markup.indexOf(OPEN, at + OPEN.length());
        }
        return found;
    }
}
