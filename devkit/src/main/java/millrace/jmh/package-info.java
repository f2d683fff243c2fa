/** Micro benchmarks, a class a subject. The figures are in {@code docs/benchmarks.md}. */
@NullMarked
package millrace.jmh;

import org.jspecify.annotations.NullMarked;
