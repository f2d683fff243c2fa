package millrace.upstream.openrtb.json;

/** What the specification says that a value is. */
public enum AttributeType {
    TEXT("string"),
    INTEGER("integer"),
    DECIMAL("float"),
    /** An extension: an object of any content. */
    OPEN("object"),
    OBJECT("object"),
    TEXTS("string array"),
    INTEGERS("integer array"),
    OBJECTS("object array");

    private final String word;

    AttributeType(String word) {
        this.word = word;
    }

    /** In the words of the specification. */
    public String word() {
        return word;
    }
}
