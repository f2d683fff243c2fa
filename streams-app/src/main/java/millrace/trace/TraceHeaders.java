package millrace.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A trace on a record: its headers have the names that they have in HTTP. */
public final class TraceHeaders {
    private static final RecordHeaders NONE = new RecordHeaders();

    static {
        NONE.setReadOnly();
    }

    private TraceHeaders() {}

    /** Nothing when the record has none, or a malformed one. */
    public static Optional<TraceContext> read(Headers headers) {
        Header parent = headers.lastHeader(TraceContext.PARENT);
        return parent == null
                ? Optional.empty()
                : TraceContext.of(text(parent), text(headers.lastHeader(TraceContext.STATE)));
    }

    /** Those of a record that is of the trace and of nothing else. Not to be changed. */
    public static Headers of(Optional<TraceContext> trace) {
        return trace.map(known -> added(new RecordHeaders(), known)).orElse(NONE);
    }

    /** All headers, but for what is malformed of the trace. Those that came are not changed. */
    public static Headers cleaned(Headers headers, Optional<TraceContext> trace) {
        boolean isClean = isSame(headers.lastHeader(TraceContext.PARENT), trace.map(TraceContext::parent))
                && isSame(headers.lastHeader(TraceContext.STATE), trace.map(TraceContext::state));
        if (isClean) {
            return headers;
        }
        RecordHeaders cleaned = new RecordHeaders(headers);
        cleaned.remove(TraceContext.PARENT);
        cleaned.remove(TraceContext.STATE);
        return trace.<Headers>map(known -> added(cleaned, known)).orElse(cleaned);
    }

    private static RecordHeaders added(RecordHeaders headers, TraceContext trace) {
        headers.add(TraceContext.PARENT, trace.parent().getBytes(ISO_8859_1));
        if (!trace.state().isEmpty()) {
            headers.add(TraceContext.STATE, trace.state().getBytes(ISO_8859_1));
        }
        return headers;
    }

    private static boolean isSame(@Nullable Header header, Optional<String> known) {
        return header == null
                ? known.orElse("").isEmpty()
                : known.filter(text(header)::equals).isPresent();
    }

    /** Nothing when it is not there, or longer than anything that is handed on. */
    private static String text(@Nullable Header header) {
        byte[] value = header == null ? null : header.value();
        return value == null || value.length > TraceContext.LONGEST_STATE ? "" : new String(value, ISO_8859_1);
    }
}
