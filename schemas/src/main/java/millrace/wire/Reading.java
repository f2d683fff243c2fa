package millrace.wire;

/** What came of reading a record's bytes, without waiting. */
public sealed interface Reading<T> {

    record Value<T>(T value) implements Reading<T> {}

    /** The bytes are no such record and never will be; {@code reason} is a line for a dead letter. */
    record Malformed<T>(String reason) implements Reading<T> {}

    /** The writer's schema is not known yet. Nothing is wrong with the record: keep it and read it again later. */
    record Pending<T>(int schemaId) implements Reading<T> {}
}
