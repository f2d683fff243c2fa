/** Kafka in this process: one node, for tests, the demo and development. */
@NullMarked
package millrace.devkit.broker;

import org.jspecify.annotations.NullMarked;
