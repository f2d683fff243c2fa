package millrace.upstream.vast.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** XML as it grows: escapes texts, puts URLs into CDATA, leaves out what is empty. */
final class Markup {
    private final StringBuilder out = new StringBuilder(4096);
    private final List<AdMarkup.Blank> blanks = new ArrayList<>();
    private final UnaryOperator<String> macros;
    private boolean inTag;

    Markup() {
        this(UnaryOperator.identity());
    }

    /** @param macros puts what is known into the URLs of trackers */
    Markup(UnaryOperator<String> macros) {
        this.macros = macros;
    }

    /** The same, empty. */
    Markup fresh() {
        return new Markup(macros);
    }

    /** Begins an element; attributes may follow. */
    Markup open(String name) {
        endTag();
        out.append('<').append(name);
        inTag = true;
        return this;
    }

    /** An attribute of the element just begun; an empty one is left out. */
    Markup attribute(String name, String value) {
        if (!value.isEmpty()) {
            out.append(' ').append(name).append("=\"");
            escape(value);
            out.append('"');
        }
        return this;
    }

    Markup attribute(String name, Optional<?> value) {
        return value.map(v -> attribute(name, v.toString())).orElse(this);
    }

    /** An attribute that the schema wants, with what stands for none. */
    Markup required(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
        return this;
    }

    Markup close(String name) {
        if (inTag) {
            out.append("/>");
            inTag = false;
        } else {
            out.append("</").append(name).append('>');
        }
        return this;
    }

    /** Ends the element just begun with a text. */
    Markup text(String name, String text) {
        endTag();
        if (isPlain(text)) {
            out.append(text);
        } else {
            cdata(text);
        }
        out.append("</").append(name).append('>');
        return this;
    }

    /** Ends the element just begun with a URL that is called when something happens. */
    Markup call(String name, String url) {
        return text(name, macros.apply(url));
    }

    /** An element with nothing but a URL that is called; nothing when that is empty. */
    Markup calling(String name, String url) {
        return url.isEmpty() ? this : open(name).call(name, url);
    }

    /** An element with nothing but a text; nothing when that is empty. */
    Markup element(String name, String text) {
        return text.isEmpty() ? this : open(name).text(name, text);
    }

    /** What is XML already. */
    Markup raw(String xml) {
        endTag();
        out.append(xml);
        return this;
    }

    /** What was written elsewhere, with its blanks. */
    Markup written(Markup other) {
        endTag();
        other.blanks.forEach(blank -> blanks.add(new AdMarkup.Blank(out.length() + blank.at(), blank.kind())));
        out.append(other.out);
        return this;
    }

    /** Room for what is known later; in the tag just begun when that is an attribute. */
    Markup blank(AdMarkup.Kind kind) {
        blanks.add(new AdMarkup.Blank(out.length(), kind));
        return this;
    }

    /** Ends the element just begun with one of our own URLs, its token left blank. */
    Markup beacon(String name, String base, String event) {
        endTag();
        out.append("<![CDATA[").append(base).append('/');
        blank(AdMarkup.Kind.TOKEN);
        out.append('/').append(event).append("]]></").append(name).append('>');
        return this;
    }

    List<AdMarkup.Blank> blanks() {
        return blanks;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void endTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '&' || c == '>' || c == '[' || c == ']' || !isAllowed(c)) {
                return false;
            }
        }
        return true;
    }

    private void cdata(String text) {
        out.append("<![CDATA[");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '>' && i > 1 && text.charAt(i - 1) == ']' && text.charAt(i - 2) == ']') {
                out.append("]]><![CDATA[");
            }
            if (isAllowed(c)) {
                out.append(c);
            }
        }
        out.append("]]>");
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n', '\r', '\t' -> out.append(' ');
                default -> {
                    if (isAllowed(c)) {
                        out.append(c);
                    }
                }
            }
        }
    }

    /** A character that XML 1.0 may hold; others cannot even be escaped. */
    private static boolean isAllowed(char c) {
        return (c >= ' ' && c != 0xFFFE && c != 0xFFFF) || c == '\n' || c == '\t' || c == '\r';
    }
}
