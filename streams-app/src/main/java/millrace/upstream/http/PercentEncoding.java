package millrace.upstream.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986, over UTF-8. */
public final class PercentEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    /** What encodeURIComponent leaves as it is, beside letters and digits (ECMA-262, 19.2.6.5). */
    private static final String COMPONENT = "-_.!~*'()";
    /** What may stand in a path or query beside letters, digits and escapes (RFC 3986, 3.3 and 3.4). */
    private static final String TARGET = "-_.!~*'();:@&=+$,/?";
    /** As {@link #TARGET}, without what separates parameters or is read as a space. */
    private static final String RAW_VALUE = "-_.!~*'();:@=$,/?";

    private PercentEncoding() {}

    /** Everything but unreserved characters is escaped: encodeURIComponent. */
    public static String component(String text) {
        return encode(text, COMPONENT, false, false);
    }

    /**
     * A parameter value in its own script: letters of any script stay, everything that could end the value or the line
     * is escaped.
     */
    public static String rawValue(String text) {
        return encode(text, RAW_VALUE, true, false);
    }

    /** A path and query as somebody wrote them: what is not allowed in one is escaped, escapes stay. */
    static String target(String text) {
        return encode(text, TARGET, false, true);
    }

    /** A whole URL as a header carries it: foreign letters and blanks are escaped, control characters too. */
    public static String reference(String url) {
        return encode(url, TARGET + "#[]", false, true);
    }

    /** Undoes escapes; what is not one stays. */
    public static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            boolean escape = bytes[i] == '%' && isEscape(bytes, i);
            out.write(escape ? Integer.parseInt(new String(bytes, i + 1, 2, StandardCharsets.US_ASCII), 16) : bytes[i]);
            i += escape ? 2 : 0;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + 2 < bytes.length && Ascii.isHex((char) bytes[at + 1]) && Ascii.isHex((char) bytes[at + 2]);
    }

    private static String encode(String text, String allowed, boolean keepScripts, boolean keepEscapes) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isKept(text, i, point, allowed, keepScripts, keepEscapes)) {
                out.appendCodePoint(point);
            } else {
                escape(point, out);
            }
            i += Character.charCount(point);
        }
        return out.toString();
    }

    private static boolean isKept(
            String text, int at, int point, String allowed, boolean keepScripts, boolean keepEscapes) {
        if (point < 0x80) {
            return Ascii.isLetterOrDigit((char) point)
                    || allowed.indexOf(point) >= 0
                    || (point == '%' && keepEscapes && isEscape(text, at));
        }
        return keepScripts && (Character.isLetterOrDigit(point) || isMark(point));
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length() && Ascii.isHex(text.charAt(at + 1)) && Ascii.isHex(text.charAt(at + 2));
    }

    private static void escape(int point, StringBuilder out) {
        if (point < 0x80) {
            append((byte) point, out);
            return;
        }
        // A lone surrogate has no UTF-8 form; getBytes puts a question mark in its place.
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            append(b, out);
        }
    }

    private static void append(byte b, StringBuilder out) {
        out.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
    }
}
