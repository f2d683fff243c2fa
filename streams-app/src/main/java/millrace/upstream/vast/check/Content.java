package millrace.upstream.vast.check;

/** What the text of an element is. */
enum Content {
    /** Children, or nothing that is checked. */
    ELEMENTS,
    TEXT,
    /** A URL that is called or opened by a player. */
    URL,
    /** A URL that this resolver asks for. */
    TAG,
    TIME,
    NUMBER
}
