package millrace.session;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cookies of a session, name to value, the one set longest ago first. At most {@value #MAX_COUNT}, each at most
 * {@value #MAX_BYTES} bytes with its name and all together at most {@value #MAX_TOTAL_BYTES}: the oldest go first. The
 * names are the upstream room's; they mean nothing here.
 */
public record Cookies(Map<String, String> byName) {
    static final int MAX_COUNT = 50;

    /** RFC 6265, 6.1. */
    static final int MAX_BYTES = 4096;

    /** A session is written anew with each request, so its cookies stay small. */
    static final int MAX_TOTAL_BYTES = 16_384;

    public static final Cookies NONE = new Cookies(Map.of());

    public Cookies {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** With these too. One that is set again is the newest; one with an empty value is gone; an oversized one is ignored. */
    Cookies with(Map<String, String> set) {
        if (set.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(byName);
        set.forEach((name, value) -> {
            if (isFit(name, value)) {
                all.remove(name);
                if (!value.isEmpty()) {
                    all.put(name, value);
                }
            }
        });
        dropOldest(all);
        return new Cookies(all);
    }

    private static boolean isFit(String name, String value) {
        return !name.isEmpty()
                && bytes(name, value) <= MAX_BYTES
                && !Text.hasControls(name)
                && !Text.hasControls(value);
    }

    private static void dropOldest(Map<String, String> all) {
        int total = all.entrySet().stream()
                .mapToInt(cookie -> bytes(cookie.getKey(), cookie.getValue()))
                .sum();
        Iterator<Map.Entry<String, String>> oldest = all.entrySet().iterator();
        while (all.size() > MAX_COUNT || total > MAX_TOTAL_BYTES) {
            Map.Entry<String, String> cookie = oldest.next();
            total -= bytes(cookie.getKey(), cookie.getValue());
            oldest.remove();
        }
    }

    private static int bytes(String name, String value) {
        return name.getBytes(StandardCharsets.UTF_8).length + value.getBytes(StandardCharsets.UTF_8).length;
    }
}
