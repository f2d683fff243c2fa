package millrace.devkit.http;

/** One line of a response's head. Neither part may hold a line break. */
public record Header(String name, String value) {
    public Header {
        if (hasBreak(name) || hasBreak(value)) {
            throw new IllegalArgumentException("header " + name.strip() + " holds a line break");
        }
    }

    private static boolean hasBreak(String text) {
        return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
    }
}
