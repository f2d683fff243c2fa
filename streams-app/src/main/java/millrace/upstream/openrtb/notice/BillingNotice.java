package millrace.upstream.openrtb.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/**
 * A billing notice that waits for the impression: everything is filled in but the time at which the ad was shown.
 *
 * @param text with a mark of ours where the time goes
 */
public record BillingNotice(String text) {
    /** Of characters that may stand in any address, and that no encoding touches. */
    private static final String MARK = "millrace-shown-at";

    private static final String ENCODED_MARK = encoded(MARK);

    public static BillingNotice of(String url, MacroValues values) {
        Map<Macro, String> marked = new EnumMap<>(Macro.class);
        marked.putAll(values.values());
        marked.put(Macro.AUCTION_IMP_TS, MARK);
        return new BillingNotice(Macros.fill(url, MacroPlace.BURL, new MacroValues(marked)));
    }

    /** The URL that is called. */
    public String shownAt(Instant time) {
        String millis = String.valueOf(time.toEpochMilli());
        return text.replace(MARK, millis).replace(ENCODED_MARK, encoded(millis));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
