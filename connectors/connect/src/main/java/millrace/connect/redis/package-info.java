/** A read model in Redis of what budgets and caps leave. Nothing in the pipeline reads it. */
@NullMarked
package millrace.connect.redis;

import org.jspecify.annotations.NullMarked;
