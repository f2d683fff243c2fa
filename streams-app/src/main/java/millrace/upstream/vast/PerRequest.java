package millrace.upstream.vast;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which documents hold addresses that may have been made for the one request that they answer. Nobody can tell a tracker of one request from a tracker of all, so
 * every document with one is taken for such.
 */
final class PerRequest {
    /** A part of the name of every element of VAST, DAAST and VMAP whose URL is called or followed, but for those of media and of further documents. */
    private static final List<byte[]> NAMES = List.of(
            ascii("Impression"),
            ascii("Tracking"),
            ascii("Click"),
            ascii("Error"),
            ascii("View"),
            ascii("Verification"),
            ascii("Conversion"));

    private PerRequest() {}

    /** Whether a document has none of them. Names are looked for wherever they stand; one in another encoding than ASCII is taken to have some. */
    static boolean isFree(byte[] document) {
        for (byte value : document) {
            if (value == 0) {
                return false;
            }
        }
        return NAMES.stream().noneMatch(name -> contains(document, name));
    }

    private static boolean contains(byte[] document, byte[] name) {
        for (int from = 0; from <= document.length - name.length; from++) {
            int same = 0;
            while (same < name.length && document[from + same] == name[same]) {
                same++;
            }
            if (same == name.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
