package millrace.connect.avro;

/** Parameters of a Connect schema that keep what Connect has no word for, so that the same Avro schema comes back. */
final class Marks {
    /** The documentation of a named type; the schema's own is that of the field. */
    static final String TYPE_DOC = "avro.doc";

    /** Symbols of an enum, separated by commas, and the one for symbols that a reader does not know. */
    static final String SYMBOLS = "avro.enum";

    static final String SYMBOL_DEFAULT = "avro.enum.default";

    /** Size in bytes of a fixed. */
    static final String FIXED = "avro.fixed";

    /** Name of a logical type that Connect has none for. */
    static final String LOGICAL = "avro.logical";

    /** As Confluent's converter and the JDBC sink call it. */
    static final String PRECISION = "connect.decimal.precision";

    /** Of a union with null: {@link #NO_DEFAULT} or {@link #NULL_LAST}. */
    static final String UNION = "avro.union";

    static final String NO_DEFAULT = "no-default";
    static final String NULL_LAST = "null-last";

    /** Name of the struct that has a field for each branch of a union. */
    static final String UNION_NAME = "millrace.connect.Union";

    /** Schemas with more types than this are refused: what is written once can be meant a million times. */
    static final int MOST_TYPES = 10_000;

    private Marks() {}
}
