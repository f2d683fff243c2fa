package millrace.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import millrace.catalog.Auth;
import millrace.catalog.CacheTerms;
import millrace.catalog.RotationTerms;
import millrace.catalog.UpstreamConfig;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.session.SessionContext;
import org.apache.avro.util.ClassSecurityValidator;

/** A question to an upstream, as tests need it: everything usual, and what the test is about. */
public final class Ask {
    static {
        // Avro's builders load record classes by name, and only of packages that were named to it.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), c -> c.getName().startsWith("millrace.schemas.")));
    }

    public static final String CORRELATOR = "7d3f1c1e-0000-4000-8000-00000000c0de";

    private String url = "https://tag.example/v";
    private Duration timeout = Duration.ofSeconds(5);
    private Duration remaining = Duration.ofSeconds(5);
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> defaultHeaders = new HashMap<>();
    private Optional<CacheTerms> cache = Optional.empty();
    private final Map<String, String> params = new HashMap<>();
    private Set<String> rawParams = Set.of();
    private Optional<String> userIdParam = Optional.empty();
    private Optional<String> deviceIdParam = Optional.empty();
    private Map<String, String> cookies = Map.of();
    private Optional<String> ip = Optional.of("198.51.100.7");
    private Optional<String> userAgent = Optional.of("Player/1.0 (TV)");
    private Optional<String> contentUrl = Optional.empty();
    private final AdRequest.Builder request =
            AdRequest.newBuilder().setId("r1").setPlacement("preroll").setSlots(List.of());
    private final Slot.Builder slot = Slot.newBuilder().setId("s1").setKind(SlotKind.VIDEO);

    public static Ask upstream(String url) {
        Ask ask = new Ask();
        ask.url = url;
        return ask;
    }

    public Ask within(Duration remaining) {
        this.remaining = remaining;
        return this;
    }

    public Ask timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    public Ask header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Ask defaultHeader(String name, String value) {
        defaultHeaders.put(name, value);
        return this;
    }

    public Ask cache(CacheTerms terms) {
        cache = Optional.of(terms);
        return this;
    }

    public Ask param(String name, String value) {
        params.put(name, value);
        return this;
    }

    public Ask raw(String... names) {
        rawParams = Set.of(names);
        return this;
    }

    public Ask ids(String userParam, String deviceParam) {
        userIdParam = Optional.of(userParam);
        deviceIdParam = Optional.of(deviceParam);
        return this;
    }

    public Ask cookies(Map<String, String> known) {
        cookies = known;
        return this;
    }

    public Ask device(String address, String agent) {
        ip = Optional.of(address);
        userAgent = Optional.of(agent);
        return this;
    }

    public Ask contentUrl(String content) {
        contentUrl = Optional.of(content);
        return this;
    }

    public Ask request(Consumer<AdRequest.Builder> change) {
        change.accept(request);
        return this;
    }

    public Ask slot(Consumer<Slot.Builder> change) {
        change.accept(slot);
        return this;
    }

    public SessionContext context() {
        return new SessionContext(
                "r1",
                CORRELATOR,
                "01234567",
                Instant.parse("2026-01-17T08:15:07.127Z"),
                "u1",
                "session",
                Optional.of("u1"),
                Optional.of("d1"),
                ip,
                userAgent,
                contentUrl,
                cookies,
                Map.of());
    }

    public UpstreamCall call() {
        UpstreamConfig config = new UpstreamConfig(
                "up",
                url,
                timeout,
                1,
                headers,
                params,
                rawParams,
                userIdParam,
                deviceIdParam,
                Optional.empty(),
                RotationTerms.USUAL,
                new Auth.None(),
                defaultHeaders,
                cache);
        return new UpstreamCall(config, context(), request.build(), slot.build(), remaining, new Fanout(100));
    }
}
