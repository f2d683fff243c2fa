/**
 * The Confluent wire format and the schema registry behind it.
 *
 * <p>{@link millrace.wire.Wire} is the entrance: readers, writers and serdes over one {@link millrace.wire.SchemaRegistry}. Depends on
 * nothing else of ours.
 */
@NullMarked
package millrace.wire;

import org.jspecify.annotations.NullMarked;
