package millrace.session;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells an id that stands for somebody from one that stands for everybody. Counting a cap on a shared id would make
 * strangers use up each other's ads.
 */
final class Identity {
    static final int MAX_CHARS = 256;

    /** A long id of one repeated digit is a placeholder; a short one may well be the eleventh user's. */
    private static final int LONG = 8;

    /** What software writes where it has no id, in lower case. */
    private static final Set<String> SHARED = Set.of(
            "unknown",
            "undefined",
            "unavailable",
            "unset",
            "null",
            "(null)",
            "nil",
            "none",
            "nan",
            "n/a",
            "anonymous",
            "optout",
            "opt-out",
            "true",
            "false",
            "[object object]",
            // VAST 4.3, 6: a macro that is unknown or that may not be told
            "-1",
            "-2",
            // Android 2.2 gave this id to a whole range of devices; Android 6 gives this address to every app
            "9774d56d682e549c",
            "02:00:00:00:00:00",
            // MD5, SHA-1 and SHA-256 of nothing
            "d41d8cd98f00b204e9800998ecf8427e",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            // MD5, SHA-1 and SHA-256 of the all-zero UUID
            "9f89c84a559f573636a47ff8daed0d33",
            "b602d594afd2b0b327e07a06f36ca6a7e42546d0",
            "12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8");

    private Identity() {}

    /** The id without the space around it; nothing when it is absent, shared, over 256 characters or not text. */
    static Optional<String> of(Optional<String> raw) {
        return raw.map(String::strip).filter(Identity::isOnesOwn);
    }

    private static boolean isOnesOwn(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_CHARS
                && !Text.hasControls(id)
                && !isUnresolvedMacro(id)
                && !isOneDigitRepeated(id)
                && !SHARED.contains(id.toLowerCase(Locale.ROOT));
    }

    /** {@code [IFA]}, <code>{ifa}</code>, <code>${IFA}</code>, {@code %%IFA%%}, {@code __IFA__}: nobody filled it in. */
    private static boolean isUnresolvedMacro(String id) {
        return isBetween(id, "[", "]")
                || (isBetween(id, "{", "}") && !isUuidLength(id))
                || isBetween(id, "${", "}")
                || isBetween(id, "%%", "%%")
                || isBetween(id, "__", "__");
    }

    private static boolean isBetween(String id, String start, String end) {
        return id.length() > start.length() + end.length() && id.startsWith(start) && id.endsWith(end);
    }

    /** Some write a UUID in braces. */
    private static boolean isUuidLength(String id) {
        return id.length() == 38;
    }

    /** All zeros at any length, or another hexadecimal digit eight times or more, separators aside. */
    private static boolean isOneDigitRepeated(String id) {
        char digit = 0;
        int count = 0;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '-' || c == ':' || c == '.' || c == '_' || c == '{' || c == '}') {
                continue;
            }
            if (Character.digit(c, 16) < 0 || (count > 0 && c != digit)) {
                return false;
            }
            digit = c;
            count++;
        }
        return digit == '0' || count == 0 || count >= LONG;
    }
}
