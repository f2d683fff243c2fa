package millrace.upstream.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One HTTP question, redirects included.
 *
 * @param headers sent on every hop
 * @param originHeaders sent only while the hop has the origin of {@code url}: credentials of the upstream, which a
 *     redirect must not carry to anybody else
 * @param body present is a POST, absent a GET
 * @param timeout total time, name look-up and redirects included
 * @param cookies asked before and told after every hop
 * @param keeping whether an answer may be kept and given again; empty is never
 */
public record HttpCall(
        Url url,
        HttpHeaders headers,
        HttpHeaders originHeaders,
        Optional<Body> body,
        Duration timeout,
        CookieJar cookies,
        Optional<Keeping> keeping) {

    /**
     * An answer may be kept.
     *
     * @param whose calls of nobody else are answered with it
     * @param maxAge no longer than that
     * @param isFor whether a body may be given again
     */
    public record Keeping(String whose, Duration maxAge, Predicate<byte[]> isFor) {}

    /** One whose answer is for it alone. */
    public HttpCall(
            Url url,
            HttpHeaders headers,
            HttpHeaders originHeaders,
            Optional<Body> body,
            Duration timeout,
            CookieJar cookies) {
        this(url, headers, originHeaders, body, timeout, cookies, Optional.empty());
    }

    /** What a POST carries. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
    public record Body(byte[] bytes, String contentType) {}

    public static HttpCall get(Url url, HttpHeaders headers, Duration timeout, CookieJar cookies) {
        return new HttpCall(url, headers, HttpHeaders.none(), Optional.empty(), timeout, cookies);
    }

    /** The call that a redirect asks for: 307 and 308 repeat the method, the others become a GET (RFC 9110, 15.4). */
    HttpCall redirected(int status, Url target) {
        boolean repeats = status == 307 || status == 308;
        HttpHeaders kept = target.origin().equals(url.origin()) ? originHeaders : HttpHeaders.none();
        return new HttpCall(target, headers, kept, repeats ? body : Optional.empty(), timeout, cookies);
    }
}
