package millrace.devkit.registry;

import org.apache.avro.Schema;

/** One version of a subject; a deleted one is hidden until it is deleted for good. */
record Version(int number, int id, Schema schema, boolean deleted) {

    Version markDeleted() {
        return new Version(number, id, schema, true);
    }

    /** The text that makes two schemas the same. */
    String text() {
        return schema.toString();
    }
}
