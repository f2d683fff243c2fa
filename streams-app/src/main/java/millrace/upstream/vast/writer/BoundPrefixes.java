package millrace.upstream.vast.writer;

import java.util.Set;
import java.util.TreeSet;

/**
 * An element of somebody else's document, made to stand in ours: prefixes that it does not declare itself are declared on it, as
 * the document it comes from does, else with a name of ours, because a namespace-aware player would refuse the whole document.
 *
 * @param markup one element with its tags
 * @param rootTag the start tag of the document it comes from
 */
record BoundPrefixes(String markup, String rootTag) {

    String bound() {
        Set<String> unbound = new TreeSet<>();
        for (int at = markup.indexOf('<'); at >= 0; at = markup.indexOf('<', at + 1)) {
            at = skipped(at, unbound);
        }
        unbound.removeIf(prefix -> prefix.equals("xml") || markup.contains("xmlns:" + prefix + "="));
        if (unbound.isEmpty()) {
            return markup;
        }
        int end = nameEnd(1);
        StringBuilder bound = new StringBuilder(markup.substring(0, end));
        unbound.forEach(prefix -> bound.append(" xmlns:")
                .append(prefix)
                .append("=\"")
                .append(uri(prefix))
                .append('"'));
        return bound.append(markup, end, markup.length()).toString();
    }

    /** The last character of the tag, comment or CDATA section that begins here; prefixes of a tag are noted. */
    private int skipped(int at, Set<String> prefixes) {
        if (markup.startsWith("<!--", at)) {
            return after("-->", at);
        }
        if (markup.startsWith("<![CDATA[", at)) {
            return after("]]>", at);
        }
        if (markup.startsWith("<?", at)) {
            return after("?>", at);
        }
        char quote = 0;
        int word = at + 1;
        for (int i = at + 1; i < markup.length(); i++) {
            char c = markup.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i;
            } else if (c <= ' ' || c == '/') {
                word = i + 1;
            } else if (c == ':') {
                note(markup.substring(word, i), prefixes);
            }
        }
        return markup.length() - 1;
    }

    private static void note(String prefix, Set<String> prefixes) {
        if (!prefix.isEmpty() && !prefix.equals("xmlns")) {
            prefixes.add(prefix);
        }
    }

    private int after(String end, int from) {
        int found = markup.indexOf(end, from);
        return found < 0 ? markup.length() - 1 : found + end.length() - 1;
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < markup.length() && markup.charAt(end) > ' ' && "/>".indexOf(markup.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private String uri(String prefix) {
        String declaration = "xmlns:" + prefix + "=";
        int at = rootTag.indexOf(declaration);
        if (at >= 0 && at + declaration.length() < rootTag.length()) {
            int begin = at + declaration.length() + 1;
            int end = rootTag.indexOf(rootTag.charAt(begin - 1), begin);
            String uri = end < 0 ? "" : rootTag.substring(begin, end);
            if (!uri.isEmpty() && uri.indexOf('<') < 0) {
                return uri.replace("\"", "&quot;");
            }
        }
        return "urn:undeclared:" + prefix;
    }
}
