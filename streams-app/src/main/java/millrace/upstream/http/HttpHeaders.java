package millrace.upstream.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import millrace.trace.TraceContext;

/**
 * Header fields in order. A field that could break out of its line, or that frames the message, is dropped, never sent:
 * values come from requests, macros and configuration.
 */
public final class HttpHeaders {
    /** One field. */
    public record Field(String name, String value) {}

    private static final HttpHeaders NONE = new HttpHeaders(List.of());
    /** Longest value that is sent, in characters. */
    static final int MAX_VALUE = 8192;

    private static final List<String> FRAMING = List.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-authorization",
            "cookie",
            "accept-encoding");

    private final List<Field> fields;

    private HttpHeaders(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    public static HttpHeaders none() {
        return NONE;
    }

    public List<Field> fields() {
        return fields;
    }

    public Optional<String> get(String name) {
        return fields.stream()
                .filter(f -> f.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    public List<String> all(String name) {
        return fields.stream()
                .filter(f -> f.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** These and those; a name in both keeps that of {@code winners}. */
    HttpHeaders overriddenBy(HttpHeaders winners) {
        if (winners.fields.isEmpty()) {
            return this;
        }
        List<Field> merged = new ArrayList<>(winners.fields);
        for (Field field : fields) {
            if (winners.get(field.name()).isEmpty()) {
                merged.add(field);
            }
        }
        return new HttpHeaders(merged);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects fields and drops what may not be sent. */
    public static final class Builder {
        private final List<Field> fields = new ArrayList<>();

        /** A field to send; blank, forbidden and dangerous ones are dropped. */
        public Builder add(String name, String value) {
            if (isToken(name) && isSafe(value) && !FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
                fields.add(new Field(name, value.strip()));
            }
            return this;
        }

        public Builder add(String name, Optional<String> value) {
            value.ifPresent(v -> add(name, v));
            return this;
        }

        /** The trace that a call is part of; the call is a span of its own in it (W3C Trace Context, 3.2). */
        public Builder add(TraceContext trace) {
            fields.add(new Field(
                    TraceContext.PARENT, trace.child(ThreadLocalRandom.current().nextLong())));
            return add(TraceContext.STATE, trace.state());
        }

        /** The first of these values that may be sent, and none when none may. */
        public Builder addFirst(String name, Optional<String> preferred, String otherwise) {
            return add(name, preferred.filter(HttpHeaders::isSafe).orElse(otherwise));
        }

        /** A field as it was received. */
        public Builder received(String name, String value) {
            fields.add(new Field(name, value));
            return this;
        }

        public HttpHeaders build() {
            return new HttpHeaders(fields);
        }
    }

    /** A field name or cookie name (RFC 9110, 5.6.2). */
    static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Ascii.isLetterOrDigit(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** No line break or other control character, not blank, of bounded length. */
    static boolean isSafe(String value) {
        return !value.isBlank() && value.length() <= MAX_VALUE && !Ascii.hasControl(value);
    }
}
