/** Everything around a pipeline in one process, and typed clients to talk to it: for the demo, for development, for tests. */
@NullMarked
package millrace.devkit.stack;

import org.jspecify.annotations.NullMarked;
