package millrace.session;

/** What may be in a value that ends up in a header, a URL or a log. */
final class Text {
    private Text() {}

    static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** Without control characters, and no longer than {@code most} characters; no surrogate pair is cut. */
    static String clean(String text, int most) {
        if (text.length() <= most && !hasControls(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(Math.min(text.length(), most));
        text.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .takeWhile(c -> kept.length() + Character.charCount(c) <= most)
                .forEachOrdered(kept::appendCodePoint);
        return kept.toString();
    }
}
