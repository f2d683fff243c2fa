package millrace.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import millrace.trace.TraceContext;

/**
 * What one ad request carries from its arrival to its answer, the same on every hop of a wrapper chain. Derived from
 * the record and its origin only, so that a request that is decided again has the same context.
 *
 * @param correlator ties everything of one request together, in logs and upstream
 * @param cachebusting eight decimal digits
 * @param timestamp the request's time
 * @param userKey what caps are counted on: user id, else device id, else session id
 * @param cookies name to value, sent to upstreams
 * @param metadata free facts, copied to served-ads
 * @param trace that the request belongs to
 */
public record SessionContext(
        String requestId,
        String correlator,
        String cachebusting,
        Instant timestamp,
        String userKey,
        String sessionId,
        Optional<String> userId,
        Optional<String> deviceId,
        Optional<String> ip,
        Optional<String> userAgent,
        Optional<String> contentUrl,
        Map<String, String> cookies,
        Map<String, String> metadata,
        Optional<TraceContext> trace) {

    public SessionContext {
        cookies = Map.copyOf(cookies);
        metadata = Map.copyOf(metadata);
    }

    /** One that belongs to no trace. */
    public SessionContext(
            String requestId,
            String correlator,
            String cachebusting,
            Instant timestamp,
            String userKey,
            String sessionId,
            Optional<String> userId,
            Optional<String> deviceId,
            Optional<String> ip,
            Optional<String> userAgent,
            Optional<String> contentUrl,
            Map<String, String> cookies,
            Map<String, String> metadata) {
        this(
                requestId,
                correlator,
                cachebusting,
                timestamp,
                userKey,
                sessionId,
                userId,
                deviceId,
                ip,
                userAgent,
                contentUrl,
                cookies,
                metadata,
                Optional.empty());
    }

    /** This context with more metadata; on a clash the new value stands. */
    public SessionContext withMetadata(Map<String, String> more) {
        Map<String, String> merged = new LinkedHashMap<>(metadata);
        merged.putAll(more);
        return with(merged, trace);
    }

    /** This context in a trace. */
    public SessionContext in(TraceContext known) {
        return with(metadata, Optional.of(known));
    }

    private SessionContext with(Map<String, String> facts, Optional<TraceContext> known) {
        return new SessionContext(
                requestId,
                correlator,
                cachebusting,
                timestamp,
                userKey,
                sessionId,
                userId,
                deviceId,
                ip,
                userAgent,
                contentUrl,
                cookies,
                facts,
                known);
    }

    /** Without the user's identifiers, address and cookies: they must not reach a log. */
    @Override
    public String toString() {
        return "SessionContext[requestId=" + requestId + ", correlator=" + correlator + "]";
    }
}
