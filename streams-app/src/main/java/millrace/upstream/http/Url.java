package millrace.upstream.http;

import java.net.IDN;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;

/**
 * An absolute http or https URL that is safe to ask for: lower-case host in ASCII, no user-info, no fragment, no control
 * character, no host that is an address in disguise.
 *
 * <p>Reads what ad tags really contain: brackets, bars, braces, spaces and foreign letters are escaped, not refused. A
 * numeric host must be a plain dotted quad or a bracketed IPv6 address; decimal, octal, hexadecimal and short forms are
 * refused, since nobody honest uses them.
 *
 * @param port as written, or the scheme's
 * @param target path and query, begins with a slash
 */
public record Url(String scheme, String host, int port, String target) {

    /** Longest URL in characters. */
    public static final int MAX_LENGTH = 16_384;

    /** Made by {@link #parse} and its kin; this is the last bolt, so that no line break can slip by them. */
    public Url {
        boolean isWeb = scheme.equals("http") || scheme.equals("https");
        if (!isWeb || !target.startsWith("/") || target.indexOf(' ') >= 0 || Ascii.hasControl(target)) {
            throw new IllegalArgumentException("URL of scheme '" + scheme + "' has a target that is not escaped");
        }
    }

    /** A URL that is not asked for; the message names no query, which may carry ids. */
    public static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message, null, false, false);
        }
    }

    /** Reads an absolute URL. */
    public static Url parse(String text) throws Refusal {
        String url = checked(text);
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Refusal("scheme '" + scheme.substring(0, Math.min(20, scheme.length()))
                    + "' is not allowed; http or https");
        }
        if (!url.startsWith("//", colon + 1)) {
            throw new Refusal("URL has no host");
        }
        int begin = colon + 3;
        int end = authorityEnd(url, begin);
        return ofAuthority(scheme, url.substring(begin, end), normalTarget(url.substring(end)));
    }

    /** A reference read against this URL (RFC 3986, 5.2). */
    public Url resolve(String reference) throws Refusal {
        String text = checked(reference);
        if (text.startsWith("//")) {
            return parse(scheme + ":" + text);
        }
        if (hasScheme(text)) {
            return parse(text);
        }
        if (text.isEmpty() || text.charAt(0) == '#') {
            return this;
        }
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (text.charAt(0) == '?') {
            return new Url(scheme, host, port, normalTarget(path + text));
        }
        String folder = text.charAt(0) == '/' ? "" : path.substring(0, path.lastIndexOf('/') + 1);
        return new Url(scheme, host, port, normalTarget(folder + text));
    }

    /** This URL with another query, which the caller has escaped; letters of any script may stand in it. */
    public Url withQuery(String query) {
        if (query.indexOf('#') >= 0) {
            throw new IllegalArgumentException("query has a number sign; escape it");
        }
        return new Url(scheme, host, port, query.isEmpty() ? path() : path() + "?" + query);
    }

    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Without the question mark; empty when there is none. */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** Scheme, host and port: who is asked. */
    public String origin() {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return scheme + "://" + shown + (usual ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return origin() + target;
    }

    private static String checked(String text) throws Refusal {
        Objects.requireNonNull(text, "text");
        String url = text.strip();
        if (url.length() > MAX_LENGTH) {
            throw new Refusal("URL has " + url.length() + " characters; at most " + MAX_LENGTH);
        }
        if (Ascii.hasControl(url)) {
            throw new Refusal("URL has a control character");
        }
        return url;
    }

    private static int authorityEnd(String url, int begin) {
        for (int i = begin; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return url.length();
    }

    private static Url ofAuthority(String scheme, String authority, String target) throws Refusal {
        int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        if (hostEnd < 0) {
            hostEnd = authority.length();
        }
        String rest = authority.substring(hostEnd);
        if (!rest.isEmpty() && rest.charAt(0) != ':') {
            throw new Refusal("host is not valid");
        }
        int usual = scheme.equals("https") ? 443 : 80;
        int port = rest.length() <= 1 ? usual : port(rest.substring(1));
        return new Url(scheme, host(authority.substring(0, hostEnd)), port, target);
    }

    private static int port(String digits) throws Refusal {
        int port = 0;
        for (int i = 0; i < digits.length() && port <= 65_535; i++) {
            if (!Ascii.isDigit(digits.charAt(i))) {
                // A user-info looks like this too: name:secret@host.
                throw new Refusal("port is not a number, or the URL has user-info");
            }
            port = port * 10 + (digits.charAt(i) - '0');
        }
        if (port < 1 || port > 65_535) {
            throw new Refusal("port is not within 1 to 65535");
        }
        return port;
    }

    private static String host(String text) throws Refusal {
        if (text.startsWith("[")) {
            return IpLiteral.v6(text);
        }
        String host = ascii(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
        if (host.isEmpty() || host.length() > 253 || host.startsWith(".") || host.contains("..")) {
            throw new Refusal("host is not valid");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!Ascii.isLetterOrDigit(c) && c != '-' && c != '.' && c != '_') {
                throw new Refusal("host has a character that is not allowed, or the URL has user-info");
            }
        }
        if (IpLiteral.looksNumeric(host) && !IpLiteral.isDottedQuad(host)) {
            throw new Refusal("host is an address that is not written as a dotted quad");
        }
        return host;
    }

    private static String ascii(String host) throws Refusal {
        String lower = host.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= 0x80) {
                try {
                    return IDN.toASCII(lower, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
                } catch (IllegalArgumentException e) {
                    throw new Refusal("host is not a valid international name");
                }
            }
        }
        return lower;
    }

    private static boolean hasScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > 0;
            }
            if (!Ascii.isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return false;
    }

    private static String normalTarget(String text) {
        int fragment = text.indexOf('#');
        String target = PercentEncoding.target(fragment < 0 ? text : text.substring(0, fragment));
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        String rest = query < 0 ? "" : target.substring(query);
        return withoutDots(path.isEmpty() ? "/" : path) + rest;
    }

    /** Removes dot segments (RFC 3986, 5.2.4). */
    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            boolean isUp = segments[i].equals("..");
            boolean isDots = isUp || segments[i].equals(".");
            if (isUp) {
                kept.pollLast();
            }
            if (!isDots) {
                kept.addLast(segments[i]);
            } else if (last) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
