package millrace.catalog;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import millrace.check.Faults;
import org.jspecify.annotations.Nullable;

/** What the texts of a catalog record may be. Messages never show a header's value. */
final class Words {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9._-]{1,128}");
    /** RFC 9110, 5.6.2. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    /** They belong to the connection, and a second one of them splits a request in two. */
    private static final Set<String> OUR_HEADERS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "keep-alive",
            "proxy-connection");

    private static final Pattern URL = Pattern.compile("(?i)https?://[^/?#\\s]+([/?#]\\S*)?");
    private static final int MAX_NAME = 256;
    private static final int MAX_HEADER = 4_096;
    private static final int MAX_URL = 8_192;
    private static final int MAX_SHOWN = 60;

    private final Faults faults;

    Words(Faults faults) {
        this.faults = faults;
    }

    void id(String where, String id) {
        faults.require(
                ID.matcher(id).matches(),
                where,
                "is '" + shown(id) + "'; allowed are 1 to 128 characters of letters, digits, dot, dash, underscore");
    }

    void name(String where, @Nullable String name) {
        if (name != null) {
            faults.require(
                    name.length() <= MAX_NAME, where, "has " + name.length() + " characters; allowed are " + MAX_NAME);
        }
    }

    /** Something, of at most {@code most} characters, none of them a control character. */
    void text(String where, String text, int most) {
        faults.require(
                !text.isBlank() && text.length() <= most && text.chars().noneMatch(Character::isISOControl),
                where,
                "is '" + shown(text) + "'; allowed are 1 to " + most + " characters, no control characters");
    }

    void currency(String where, String code) {
        faults.require(
                isCurrency(code), where, "is '" + shown(code) + "'; a currency of ISO 4217 is wanted, such as EUR");
    }

    /** A time zone with an IANA name, or an offset; a fault when it is none. */
    Optional<ZoneId> zone(String where, String zone) {
        try {
            return Optional.of(ZoneId.of(zone));
        } catch (DateTimeException e) {
            faults.add(where, "is '" + shown(zone) + "'; a time zone such as Europe/Berlin is wanted");
            return Optional.empty();
        }
    }

    /** With macros, so it need not be a URI yet. */
    void url(String where, String url) {
        faults.require(
                url.length() <= MAX_URL
                        && URL.matcher(url).matches()
                        && url.chars().noneMatch(Character::isISOControl),
                where,
                "is '" + shown(url) + "'; an http or https URL of at most " + MAX_URL
                        + " characters without spaces is wanted");
    }

    /** @param field that the header stands in */
    void header(String field, String name, String value) {
        String where = field + "." + shown(name);
        faults.require(HEADER_NAME.matcher(name).matches(), where, "is no name of an HTTP header");
        faults.require(
                !OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
                where,
                "is set by the connection, not by a record");
        faults.require(
                value.length() <= MAX_HEADER && value.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t'),
                where,
                "has a value that is too long or has characters other than printable ASCII");
    }

    /** As it may stand in a message: short, and without control characters. */
    static String shown(String text) {
        String start = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
        return start.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isCurrency(String code) {
        try {
            Currency.getInstance(code);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
