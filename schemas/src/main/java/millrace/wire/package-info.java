/** The Confluent wire format and the registry client behind it. */
@NullMarked
package millrace.wire;

import org.jspecify.annotations.NullMarked;
