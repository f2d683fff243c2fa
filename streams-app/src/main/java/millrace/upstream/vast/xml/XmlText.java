package millrace.upstream.vast.xml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * The characters of an XML document: decoded by XML's own rules (XML 1.0, appendix F), white space before the
 * declaration forgiven.
 */
final class XmlText {
    /** Stands for the colon of a prefixed name; a name character that no real name has. */
    static final char PREFIX_END = '\u00B7';

    private XmlText() {}

    /** All characters, in an array of its own. */
    static CharBuffer decode(byte[] bytes) throws CharacterCodingException {
        Charset charset = charset(bytes);
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes));
    }

    /** Where the document begins, behind a byte order mark and white space. */
    static int begin(String text) {
        int begin = 0;
        while (begin < text.length() && (text.charAt(begin) == '\uFEFF' || text.charAt(begin) <= ' ')) {
            begin++;
        }
        return begin;
    }

    /**
     * Replaces the colon of prefixed names in tags, so that a prefix that nobody declared does no harm: {@code xsi:} and
     * {@code vmap:} often come without their declaration, and a namespace-aware reader would refuse the document.
     *
     * @param chars the same text; the replaced ones stay in their places
     */
    static void replacePrefixes(String text, char[] chars) {
        int at = text.indexOf('<');
        while (at >= 0) {
            at = text.indexOf('<', afterMarkup(text, chars, at));
        }
    }

    private static int afterMarkup(String text, char[] chars, int at) {
        if (text.startsWith("<!--", at)) {
            return after(text, "-->", at + 4);
        }
        if (text.startsWith("<![CDATA[", at)) {
            return after(text, "]]>", at + 9);
        }
        if (text.startsWith("<?", at)) {
            return after(text, "?>", at + 2);
        }
        return afterTag(chars, text.length(), at + 1);
    }

    private static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    private static int afterTag(char[] chars, int end, int from) {
        char quote = 0;
        for (int i = from; i < end; i++) {
            char c = chars[i];
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            } else if (c == ':' && i > from) {
                chars[i] = PREFIX_END;
            }
        }
        return end;
    }

    private static Charset charset(byte[] b) throws CharacterCodingException {
        if (starts(b, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (starts(b, 0xFE, 0xFF) || starts(b, 0x00, '<')) {
            return StandardCharsets.UTF_16BE;
        }
        if (starts(b, 0xFF, 0xFE) || starts(b, '<', 0x00)) {
            return StandardCharsets.UTF_16LE;
        }
        return declared(new String(b, 0, Math.min(b.length, 256), StandardCharsets.ISO_8859_1));
    }

    private static Charset declared(String head) throws CharacterCodingException {
        int begin = head.indexOf("<?xml");
        int end = head.indexOf("?>", Math.max(0, begin));
        int at = begin < 0 || end < 0 ? -1 : head.substring(0, end).indexOf("encoding", begin);
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = quoted(head.substring(at, end));
        try {
            Charset charset = name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
            // Its bytes were read as ASCII just now, so it cannot be UTF-16: the declaration is a common lie.
            return charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new CharacterCodingException();
        }
    }

    private static String quoted(String text) {
        for (char quote : new char[] {'"', '\''}) {
            int begin = text.indexOf(quote);
            int end = begin < 0 ? -1 : text.indexOf(quote, begin + 1);
            if (end > 0) {
                return text.substring(begin + 1, end);
            }
        }
        return "";
    }

    private static boolean starts(byte[] bytes, int... head) {
        if (bytes.length < head.length) {
            return false;
        }
        for (int i = 0; i < head.length; i++) {
            if ((bytes[i] & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }
}
