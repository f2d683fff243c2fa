package millrace.upstream.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long an answer says that it may be given to others (RFC 9111, as a shared cache reads it). Nothing is guessed: an answer that does not say how long it is
 * fresh is not, and neither is one that says it in two ways or in none that can be read.
 */
final class Freshness {
    /** More than any limit here; RFC 9111, 1.2.2. */
    private static final long MOST_SECONDS = 1L << 31;

    private Freshness() {}

    /**
     * @param isAuthorized whether the call said who we are
     * @return zero when it may not be kept
     */
    static Duration of(HttpOutcome.Reply reply, boolean isAuthorized, Instant now) {
        HttpHeaders headers = reply.headers();
        List<String> directives = directives(headers.all("Cache-Control"));
        boolean isKeepable = (reply.status() == 200 || reply.status() == 204)
                && headers.all("Set-Cookie").isEmpty()
                && !says(directives, "no-store")
                && !says(directives, "no-cache")
                && !says(directives, "private")
                && headers.all("Vary").stream().noneMatch(names -> names.contains("*"));
        boolean isForOthers = !isAuthorized
                || says(directives, "public")
                || says(directives, "must-revalidate")
                || says(directives, "s-maxage");
        if (!isKeepable || !isForOthers) {
            return Duration.ZERO;
        }
        return lifetime(headers, directives, now)
                .map(seconds -> Duration.ofSeconds(seconds - age(headers, now)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private static Optional<Long> lifetime(HttpHeaders headers, List<String> directives, Instant now) {
        for (String name : List.of("s-maxage", "max-age")) {
            if (says(directives, name)) {
                return Optional.of(directives.stream()
                        .filter(directive -> isNamed(directive, name))
                        .mapToLong(directive -> seconds(valueOf(directive)))
                        .min()
                        .orElse(0));
            }
        }
        boolean isPragma = directives.isEmpty()
                && headers.all("Pragma").stream()
                        .anyMatch(pragma -> pragma.toLowerCase(Locale.ROOT).contains("no-cache"));
        List<String> expires = headers.all("Expires");
        if (isPragma || expires.size() != 1) {
            return Optional.empty();
        }
        Instant date = headers.get("Date").flatMap(Freshness::instant).orElse(now);
        return instant(expires.getFirst())
                .map(end -> Math.min(MOST_SECONDS, Duration.between(date, end).toSeconds()));
    }

    /** How old it was when it came: by its own date, and by the caches that it came through. */
    private static long age(HttpHeaders headers, Instant now) {
        long byDate = headers.get("Date")
                .flatMap(Freshness::instant)
                .map(date -> Duration.between(date, now).toSeconds())
                .orElse(0L);
        // An age that cannot be read is as old as can be.
        long stated = headers.all("Age").stream()
                .mapToLong(age -> isNumber(age.strip()) ? seconds(age.strip()) : MOST_SECONDS)
                .max()
                .orElse(0);
        return Math.max(0, Math.max(byDate, stated));
    }

    /** Split at commas that stand in no quotes; in small letters. */
    private static List<String> directives(List<String> fields) {
        List<String> directives = new ArrayList<>();
        for (String field : fields) {
            StringBuilder directive = new StringBuilder();
            boolean isQuoted = false;
            for (char c : (field + ",").toCharArray()) {
                isQuoted ^= c == '"';
                if (c == ',' && !isQuoted) {
                    directives.add(directive.toString().strip().toLowerCase(Locale.ROOT));
                    directive.setLength(0);
                } else {
                    directive.append(c);
                }
            }
            if (isQuoted) {
                // A quote without an end hides what stands behind it.
                directives.add("no-store");
            }
        }
        directives.removeIf(String::isEmpty);
        return directives;
    }

    private static boolean says(List<String> directives, String name) {
        return directives.stream().anyMatch(directive -> isNamed(directive, name));
    }

    private static boolean isNamed(String directive, String name) {
        int equals = directive.indexOf('=');
        return (equals < 0 ? directive : directive.substring(0, equals)).strip().equals(name);
    }

    private static String valueOf(String directive) {
        String value = directive.substring(directive.indexOf('=') + 1).strip();
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    /** 0 of what is no number. */
    private static long seconds(String text) {
        if (!isNumber(text)) {
            return 0;
        }
        return text.length() > 10 ? MOST_SECONDS : Math.min(MOST_SECONDS, Long.parseLong(text));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
