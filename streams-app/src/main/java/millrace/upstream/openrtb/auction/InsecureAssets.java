package millrace.upstream.openrtb.auction;

import java.util.List;

/**
 * Finds http:// in markup where something is loaded from. Names of namespaces and document types only look like addresses; a landing page is not
 * an asset.
 */
final class InsecureAssets {
    private static final List<String> SCHEMES = List.of("http://", "http:\\/\\/");
    /** What may stand before an address that loads nothing: within so many characters. */
    private static final int LOOK_BACK = 160;

    private InsecureAssets() {}

    static boolean isAnyIn(String markup) {
        return SCHEMES.stream().anyMatch(scheme -> isAnyIn(markup, scheme));
    }

    private static boolean isAnyIn(String markup, String scheme) {
        int at = indexOf(markup, scheme, 0);
        while (at >= 0) {
            if (!loadsNothing(markup, at)) {
                return true;
            }
            at = indexOf(markup, scheme, at + scheme.length());
        }
        return false;
    }

    private static int indexOf(String markup, String scheme, int from) {
        for (int i = from; i <= markup.length() - scheme.length(); i++) {
            if ((markup.charAt(i) | 0x20) == 'h' && markup.regionMatches(true, i, scheme, 0, scheme.length())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean loadsNothing(String markup, int at) {
        int tag = markup.lastIndexOf('<', at);
        if (tag >= 0 && markup.startsWith("<![CDATA[", tag)) {
            tag = markup.lastIndexOf('<', tag - 1);
        }
        if (tag < 0 || at - tag > LOOK_BACK) {
            return isName(markup.substring(Math.max(0, at - LOOK_BACK), at));
        }
        String before = markup.substring(tag, at);
        return before.regionMatches(true, 0, "<a ", 0, 3)
                || before.startsWith("<ClickThrough")
                || before.regionMatches(true, 0, "<!doctype", 0, 9)
                || isName(before);
    }

    /** The attribute that the address is the value of, or goes on in. */
    private static boolean isName(String before) {
        int equals = before.lastIndexOf('=');
        String attribute = equals < 0
                ? ""
                : before.substring(before.lastIndexOf(' ', equals) + 1, equals).strip();
        return attribute.equals("xmlns") || attribute.startsWith("xmlns:") || attribute.endsWith("chemaLocation");
    }
}
