package millrace.upstream.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The cookies of one resolution.
 *
 * <p>Scope: a cookie that an answer sets belongs to the origin (scheme, host, port) that set it and is named
 * {@code <origin>/<name>}, for example {@code https://ads.example/uid}; it returns to that origin alone, on later hops
 * and, through the session, on later requests, whatever upstream leads there. A cookie without an origin in its name is
 * the client's own and goes to the upstream's own origin only. Domain and path attributes are not followed: they could
 * only widen or narrow this.
 *
 * <p>{@link #changes} is what was set on the way; an empty value means that the origin wants the cookie forgotten. Any
 * thread may use a jar.
 */
public final class CookieJar {
    /** Most cookies taken from the answers of one resolution. */
    public static final int MAX_COOKIES = 50;
    /** Longest name and value together, in characters. */
    public static final int MAX_SIZE = 4096;
    /** Longest Cookie header; servers refuse more than that. */
    static final int MAX_HEADER = 8192;

    private final String ownOrigin;
    private final InstantSource clock;
    private final Map<String, String> cookies;
    private final Map<String, String> changes = new LinkedHashMap<>();

    /**
     * @param known the request's and the session's cookies
     * @param own the upstream's own URL
     */
    public CookieJar(Map<String, String> known, Url own, InstantSource clock) {
        this.cookies = new LinkedHashMap<>(known);
        this.ownOrigin = own.origin();
        this.clock = clock;
    }

    /** Scheme, host and port of the upstream's own URL. */
    public String ownOrigin() {
        return ownOrigin;
    }

    /** The cookies that came with answers, scoped name to value. */
    public synchronized Map<String, String> changes() {
        return Map.copyOf(changes);
    }

    /** The Cookie header for this URL. */
    synchronized Optional<String> header(Url url) {
        StringBuilder header = new StringBuilder();
        String scope = url.origin() + "/";
        for (Map.Entry<String, String> cookie : cookies.entrySet()) {
            String name = nameFor(scope, cookie.getKey());
            boolean fits = header.length() + name.length() + cookie.getValue().length() + 3 <= MAX_HEADER;
            if (fits && HttpHeaders.isToken(name) && isValue(cookie.getValue())) {
                header.append(header.isEmpty() ? "" : "; ")
                        .append(name)
                        .append('=')
                        .append(cookie.getValue());
            }
        }
        return header.isEmpty() ? Optional.empty() : Optional.of(header.toString());
    }

    /** Takes the Set-Cookie fields of an answer from this URL. */
    synchronized void received(Url url, List<String> fields) {
        for (String field : fields) {
            store(url, field);
        }
    }

    private String nameFor(String scope, String key) {
        if (key.startsWith(scope)) {
            return key.substring(scope.length());
        }
        boolean clientsOwn = !key.contains("://") && scope.equals(ownOrigin + "/");
        return clientsOwn ? key : "";
    }

    private void store(Url url, String field) {
        int end = field.indexOf(';');
        String pair = end < 0 ? field : field.substring(0, end);
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            return;
        }
        String name = pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        boolean forgets = value.isEmpty() || isPast(end < 0 ? "" : field.substring(end + 1));
        String key = url.origin() + "/" + name;
        boolean hasRoom = changes.containsKey(key) || changes.size() < MAX_COOKIES;
        boolean sound = HttpHeaders.isToken(name) && (forgets || isValue(value));
        if (sound && hasRoom && name.length() + value.length() <= MAX_SIZE) {
            cookies.put(key, forgets ? "" : value);
            changes.put(key, forgets ? "" : value);
        }
    }

    private boolean isPast(String attributes) {
        boolean past = false;
        for (String attribute : attributes.split(";", 20)) {
            int equals = attribute.indexOf('=');
            String name = (equals < 0 ? attribute : attribute.substring(0, equals))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : attribute.substring(equals + 1).strip();
            switch (name) {
                // Max-Age has precedence over Expires (RFC 6265, 5.3).
                case "max-age" -> {
                    return value.equals("0") || value.startsWith("-");
                }
                case "expires" -> past = isBeforeNow(value);
                default -> {}
            }
        }
        return past;
    }

    private boolean isBeforeNow(String date) {
        try {
            Instant expires = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.replace('-', ' ')));
            return expires.isBefore(clock.instant());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isValue(String value) {
        return HttpHeaders.isSafe(value) && value.indexOf(';') < 0;
    }
}
