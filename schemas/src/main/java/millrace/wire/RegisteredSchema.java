package millrace.wire;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param version counts from 1 within the subject
 * @param id global; the same schema has the same id in every subject
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
