package millrace.upstream.vast;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.UpstreamConfig;
import millrace.schemas.App;
import millrace.schemas.Site;
import millrace.upstream.UpstreamCall;
import millrace.upstream.http.CookieJar;
import millrace.upstream.http.HttpCall;
import millrace.upstream.http.HttpHeaders;
import millrace.upstream.http.PercentEncoding;
import millrace.upstream.http.Url;

/**
 * What an ad server is told: the tag URL with parameters, and the headers of a server that asks for a device (VAST 4.3,
 * 1.1.3). The upstream's own headers are credentials, so they go to its own origin alone; parameters go into the first
 * URL, from where a wrapper passes on what it wants.
 */
record TagRequest(UpstreamCall call, RequestMacros macros, String userAgent) {

    /**
     * The first URL. A parameter of the request beats one of the upstream, the ids beat both, and each beats one of the
     * same name that stands in the tag.
     */
    Url firstUrl() throws Url.Refusal {
        UpstreamConfig upstream = call.upstream();
        Url tag = Url.parse(macros.expand(upstream.url()));
        Map<String, String> params = params(upstream);
        StringBuilder query = new StringBuilder();
        for (String pair : tag.query().split("&", -1)) {
            if (!pair.isEmpty() && !params.containsKey(nameOf(pair))) {
                query.append(query.isEmpty() ? "" : "&").append(pair);
            }
        }
        params.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(PercentEncoding.component(name))
                .append('=')
                .append(encoded(name, value, upstream.rawParams())));
        return tag.withQuery(query.toString());
    }

    /** The question to one hop; what is the upstream's own goes only to where its tag lives. */
    HttpCall get(Url url, Duration timeout, CookieJar cookies) {
        boolean own = url.origin().equals(cookies.ownOrigin());
        return new HttpCall(
                url,
                headers(),
                own ? ownHeaders() : HttpHeaders.none(),
                Optional.empty(),
                timeout,
                cookies,
                own ? keeping() : Optional.empty());
    }

    private HttpHeaders headers() {
        DeviceMacros device = new DeviceMacros(call.context(), call.request());
        HttpHeaders.Builder headers = HttpHeaders.builder()
                .add("User-Agent", userAgent)
                .add("Accept", "application/xml, text/xml, */*;q=0.1")
                .add("X-Device-IP", device.ip())
                .add("X-Forwarded-For", device.ip())
                .add("X-Device-User-Agent", device.userAgent())
                .add("X-Device-Accept-Language", device.language())
                .add("Accept-Language", device.language())
                .add("X-Device-Referer", referer())
                .add("X-Device-Requested-With", bundle())
                .add("X-Correlation-Id", call.context().correlator())
                .add("X-Request-Id", call.context().requestId());
        call.context().trace().ifPresent(headers::add);
        return headers.build();
    }

    private HttpHeaders ownHeaders() {
        HttpHeaders.Builder headers = HttpHeaders.builder();
        call.upstream().headers().forEach(headers::add);
        call.upstream().defaultHeaders().forEach((name, value) -> headers.addFirst(name, ofRequest(name), value));
        return headers.build();
    }

    /** Names of headers are the same in capitals. */
    private Optional<String> ofRequest(String header) {
        return call.request().getHeaders().entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(header))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Optional<HttpCall.Keeping> keeping() {
        return call.upstream()
                .cache()
                .map(terms -> new HttpCall.Keeping(
                        call.upstream().id(), terms.maxAge(), body -> terms.trackers() || PerRequest.isFree(body)));
    }

    private Map<String, String> params(UpstreamConfig upstream) {
        Map<String, String> params = new LinkedHashMap<>();
        // Sorted, so that the same request makes the same URL whatever the order of a map is.
        upstream.params().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(p -> params.put(p.getKey(), withMacros(p.getValue())));
        call.request().getParams().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(p -> params.put(p.getKey(), p.getValue()));
        DeviceMacros device = new DeviceMacros(call.context(), call.request());
        if (!device.isChild()) {
            put(params, upstream.userIdParam(), call.context().userId());
        }
        if (device.mayIdentify()) {
            put(params, upstream.deviceIdParam(), device.deviceId());
        }
        return params;
    }

    /** The operator may write a macro as a value; a request's values are taken literally. */
    private String withMacros(String value) {
        boolean isMacro = value.startsWith("[") && value.endsWith("]");
        MacroValue known = isMacro ? macros.valueOf(value.substring(1, value.length() - 1)) : new MacroValue.Foreign();
        return switch (known) {
            case MacroValue.Known(var values) -> String.join(",", values);
            case MacroValue.Foreign foreign -> value;
            default -> known.encoded().orElse(value);
        };
    }

    private static void put(Map<String, String> params, Optional<String> name, Optional<String> value) {
        if (name.isPresent() && value.isPresent()) {
            params.put(name.get(), value.get());
        }
    }

    private static String encoded(String name, String value, Set<String> raw) {
        return raw.contains(name) ? PercentEncoding.rawValue(value) : PercentEncoding.component(value);
    }

    private static String nameOf(String pair) {
        int equals = pair.indexOf('=');
        return PercentEncoding.decoded(equals < 0 ? pair : pair.substring(0, equals));
    }

    private Optional<String> referer() {
        return Optional.ofNullable(call.request().getSite())
                .map(Site::getPage)
                .or(() -> call.context().contentUrl())
                .map(PercentEncoding::reference);
    }

    private Optional<String> bundle() {
        return Optional.ofNullable(call.request().getApp()).map(App::getBundle);
    }
}
