package millrace.devkit.upstreams;

/** Names that need no escaping in a path, in XML or in JSON. */
final class Names {

    private static final int LONGEST = 128;

    private Names() {}

    static String require(String what, String name) {
        boolean allowed =
                !name.isEmpty() && name.length() <= LONGEST && name.chars().allMatch(Names::isAllowed);
        if (!allowed) {
            throw new IllegalArgumentException(what + " is '" + name + "'; allowed is 1 to " + LONGEST
                    + " letters, digits, dots, dashes and underscores");
        }
        return name;
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }
}
