package millrace.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;
import millrace.gateway.http.Call;
import millrace.trace.TraceContext;

/** The trace that a call belongs to, handed on as headers of its record. One that is malformed is left out. */
final class TraceHeaders {
    private TraceHeaders() {}

    static Map<String, byte[]> of(Call call) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        call.header(TraceContext.PARENT)
                .flatMap(parent -> TraceContext.of(
                        parent.strip(), call.header(TraceContext.STATE).orElse("")))
                .ifPresent(trace -> {
                    headers.put(TraceContext.PARENT, trace.parent().getBytes(ISO_8859_1));
                    if (!trace.state().isEmpty()) {
                        headers.put(TraceContext.STATE, trace.state().getBytes(ISO_8859_1));
                    }
                });
        return headers;
    }
}
