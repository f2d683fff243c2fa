package millrace.config;

/** {@code docs/configuration.md}, made from the registry of settings. */
public final class ConfigDocs {
    private ConfigDocs() {}

    public static String text() {
        StringBuilder out = new StringBuilder("""
                # Configuration

                <!-- Made by `./millrace config docs > docs/configuration.md` from the registry of settings. Do not edit by hand. -->

                Values come from `millrace.toml` (`--config FILE`), from the environment, and from `--set name=value`; a later one wins.
                `millrace config template` prints a file with every setting in it, `millrace config check FILE` lists everything that is
                wrong with one, with line and column. An unknown name is an error.

                * **In the file** the first word of a name is its section: `decision.deadline` is `deadline` under `[decision]`.
                * **In the environment** a name is in capitals with underscores after `MILLRACE_`: `MILLRACE_DECISION_DEADLINE=250ms`.
                  Entries of a table likewise: `MILLRACE_KAFKA_CLIENT_SECURITY_PROTOCOL=SASL_SSL` is `security.protocol` of `[kafka.client]`.
                * **Durations** are a whole number and a unit: `300ms`, `2s`, `5m`, `1h`, `31d`. **Memory** likewise: `512B`, `64KiB`, `1MiB`, `2GiB`.
                * **Lists** are arrays in the file, separated by commas elsewhere.
                * **Secrets** are never printed. `file:/path` stands for the content of a file.
                """);
        String section = "";
        for (Setting<?> setting : Settings.all()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                out.append("\n## ").append(section).append("\n\n| setting | value | default | |\n|---|---|---|---|\n");
            }
            row(out, setting);
        }
        return out.toString();
    }

    private static void row(StringBuilder out, Setting<?> setting) {
        out.append("| `")
                .append(setting.name())
                .append("` | ")
                .append(escaped(allowed(setting)))
                .append(" | ")
                .append(setting.initial().isEmpty() ? "none" : "`" + setting.initial() + "`")
                .append(" | ")
                .append(escaped(setting.doc()))
                .append(" |\n");
    }

    /** Type and range in words. */
    static String allowed(Setting<?> setting) {
        Kind<?> kind = setting.kind();
        return kind.range().isEmpty() ? kind.name() : kind.name() + ", " + kind.range();
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
