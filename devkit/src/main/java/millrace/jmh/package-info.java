/** Micro benchmarks; docs/benchmarks.md has the commands and the figures. */
@NullMarked
package millrace.jmh;

import org.jspecify.annotations.NullMarked;
