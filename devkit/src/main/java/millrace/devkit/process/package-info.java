/** Java processes that die as real ones do: stopped, paused, killed, and never left behind. */
@NullMarked
package millrace.devkit.process;

import org.jspecify.annotations.NullMarked;
