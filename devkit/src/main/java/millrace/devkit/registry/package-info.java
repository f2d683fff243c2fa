/** A schema registry in this process that speaks Confluent's REST API, for tests, the demo and development. */
@NullMarked
package millrace.devkit.registry;

import org.jspecify.annotations.NullMarked;
