package millrace.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A {@code millrace.toml} with every setting in it, each commented out at its default. */
public final class ConfigTemplate {
    private static final int WIDTH = 110;

    private ConfigTemplate() {}

    public static String text() {
        StringBuilder out = new StringBuilder("""
                # Millrace. Every setting stands here at its default; remove the '#' before one to change it.
                # MILLRACE_<NAME> in the environment overrides the file (MILLRACE_DECISION_DEADLINE=250ms),
                # --set name=value on the command line overrides both. A secret may be file:/path.
                # Made by `millrace config template`; check yours with `millrace config check FILE`.
                """);
        String section = "";
        for (Setting<?> setting : Settings.all()) {
            if (setting.kind().shape() == Kind.Shape.TABLE) {
                table(out, setting);
                section = setting.name();
                continue;
            }
            if (!setting.section().equals(section)) {
                section = setting.section();
                out.append("\n[").append(section).append("]\n");
            }
            comment(out, setting.doc() + " (" + ConfigDocs.allowed(setting) + ")");
            out.append("# ")
                    .append(setting.key())
                    .append(" = ")
                    .append(value(setting))
                    .append("\n\n");
        }
        return out.toString().replaceAll("\n{3,}", "\n\n").stripTrailing() + "\n";
    }

    private static void table(StringBuilder out, Setting<?> setting) {
        out.append("\n[").append(setting.name()).append("]\n");
        comment(out, setting.doc());
    }

    private static String value(Setting<?> setting) {
        String initial = setting.initial();
        if (setting.kind().shape().isList()) {
            return initial.isEmpty()
                    ? "[]"
                    : Arrays.stream(initial.split(","))
                            .map(ConfigTemplate::quoted)
                            .collect(Collectors.joining(", ", "[", "]"));
        }
        boolean bare = initial.equals("true") || initial.equals("false") || initial.matches("-?[0-9]+");
        return bare ? initial : quoted(initial);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static void comment(StringBuilder out, String text) {
        int length = 0;
        for (String word : text.split(" ")) {
            if (length == 0 || length + word.length() > WIDTH) {
                out.append(length == 0 ? "## " : "\n## ");
                length = 0;
            } else {
                out.append(' ');
            }
            out.append(word);
            length += word.length() + 1;
        }
        out.append('\n');
    }
}
