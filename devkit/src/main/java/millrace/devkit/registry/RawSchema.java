package millrace.devkit.registry;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** A schema's own JSON as the whole answer, not a string that holds it. */
record RawSchema(@JsonValue @JsonRawValue String json) {}
