package millrace.wire;

import org.apache.avro.Schema;

/** What is known about a schema id at this moment, without waiting. */
public sealed interface SchemaLookup {

    /** The schema that this id was written with. */
    record Known(Schema schema) implements SchemaLookup {}

    /** The registry said that no usable schema has this id; {@code reason} is a sentence that names it. */
    record Unknown(String reason) implements SchemaLookup {}

    /** Not known yet: asked for, or the registry is away. Ask again. */
    record Pending() implements SchemaLookup {}
}
