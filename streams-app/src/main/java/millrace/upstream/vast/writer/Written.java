package millrace.upstream.vast.writer;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import millrace.upstream.vast.document.Offset;

/** Values as the schema wants them; what does not fit it is empty. */
final class Written {
    private static final Duration DAY = Duration.ofHours(24);
    private static final int THOUSANDTHS_OF_PERCENT = 10;

    private Written() {}

    /** {@code HH:MM:SS}, with thousandths when there are some; a day is more than the schema's type holds. */
    static String time(Duration time) {
        Duration held = time.compareTo(DAY) < 0 ? time : DAY.minusMillis(1);
        String whole = String.format(
                Locale.ROOT, "%02d:%02d:%02d", held.toHours(), held.toMinutesPart(), held.toSecondsPart());
        return held.toMillisPart() == 0 ? whole : whole + String.format(Locale.ROOT, ".%03d", held.toMillisPart());
    }

    static Optional<String> time(Optional<Duration> time) {
        return time.map(Written::time);
    }

    /** A time or a part; a text that is neither is left out. */
    static String offset(String text) {
        return Offset.parse(text)
                .map(offset -> switch (offset) {
                    case Offset.At(Duration at) -> time(at);
                    case Offset.Part(int millionths) -> percent(millionths);
                })
                .orElse("");
    }

    private static String percent(int millionths) {
        int thousandths = millionths / THOUSANDTHS_OF_PERCENT;
        String whole = Integer.toString(thousandths / 1000);
        int rest = thousandths % 1000;
        return rest == 0
                ? whole + "%"
                : whole + "." + String.format(Locale.ROOT, "%03d", rest).replaceAll("0+$", "") + "%";
    }

    static String oneOf(Set<String> allowed, String text) {
        return allowed.contains(text) ? text : "";
    }

    /** Digits, with a point between some of them. */
    static boolean isDecimal(String text) {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            points += c == '.' ? 1 : 0;
            if (points > 1 || (c != '.' && (c < '0' || c > '9'))) {
                return false;
            }
        }
        return text.length() > points;
    }

    static String decimal(String text) {
        return isDecimal(text) ? text : "";
    }

    /** Pixels, or a side. */
    static String position(String text, String near, String far) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits || text.equals(near) || text.equals(far) ? text : "";
    }

    /** How a file comes, by what it says, else by its type. */
    static String delivery(String text, String mime) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean playlist = mime.toLowerCase(Locale.ROOT).contains("mpegurl")
                || mime.toLowerCase(Locale.ROOT).contains("dash");
        if (lower.equals("streaming") || lower.equals("progressive")) {
            return lower;
        }
        return playlist ? "streaming" : "progressive";
    }
}
