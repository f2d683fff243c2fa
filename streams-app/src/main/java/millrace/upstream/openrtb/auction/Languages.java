package millrace.upstream.openrtb.auction;

import java.util.List;
import java.util.Locale;

/** Languages of creatives, matched as RFC 4647 filters do: {@code en} stands for {@code en-GB} too. */
final class Languages {
    /** Nothing in it is said or written. */
    private static final String NONE = "xx";

    private Languages() {}

    static boolean isListed(String language, List<String> listed) {
        String tag = language.toLowerCase(Locale.ROOT);
        return tag.equals(NONE) || listed.stream().anyMatch(range -> matches(tag, range.toLowerCase(Locale.ROOT)));
    }

    private static boolean matches(String tag, String range) {
        return tag.startsWith(range) && (tag.length() == range.length() || tag.charAt(range.length()) == '-');
    }
}
