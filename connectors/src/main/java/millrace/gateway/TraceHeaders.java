package millrace.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import millrace.gateway.http.Call;

/** The trace that a call belongs to (W3C Trace Context, 3.2 and 3.3), handed on as headers of its record. One that is malformed is left out. */
final class TraceHeaders {
    static final String PARENT = "traceparent";
    static final String STATE = "tracestate";
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int LONGEST_STATE = 512;

    private TraceHeaders() {}

    static Map<String, String> of(Call call) {
        Map<String, String> headers = new LinkedHashMap<>();
        call.header(PARENT).filter(parent -> FORM.matcher(parent).matches()).ifPresent(parent -> {
            headers.put(PARENT, parent);
            call.header(STATE)
                    .filter(state -> !state.isBlank() && state.length() <= LONGEST_STATE)
                    .ifPresent(state -> headers.put(STATE, state));
        });
        return headers;
    }
}
