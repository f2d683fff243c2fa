package millrace.devkit.fuzz;

/** Where an element lies in a document, roughly: from a start tag to the next end tag of that name. */
record Element(int begin, int length) {

    /** The first one that begins there or later; nothing when there is none. */
    static Element after(byte[] document, int from) {
        for (int at = from; at + 1 < document.length; at++) {
            if (document[at] == '<' && isLetter(document[at + 1])) {
                int end = endTag(document, at);
                if (end > 0) {
                    return new Element(at, end - at);
                }
            }
        }
        return new Element(from, 0);
    }

    byte[] of(byte[] document) {
        return Mutation.part(document, begin, length);
    }

    private static int endTag(byte[] document, int begin) {
        int name = 1;
        while (begin + name < document.length && isLetter(document[begin + name])) {
            name++;
        }
        for (int at = begin + name; at + 1 + name < document.length; at++) {
            boolean closes = document[at] == '<' && document[at + 1] == '/';
            if (closes && isSame(document, begin + 1, at + 2, name - 1) && document[at + 1 + name] == '>') {
                return at + 2 + name;
            }
        }
        return -1;
    }

    private static boolean isSame(byte[] document, int one, int other, int length) {
        for (int i = 0; i < length; i++) {
            if (document[one + i] != document[other + i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }
}
