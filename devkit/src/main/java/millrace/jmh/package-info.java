/** Micro benchmarks: one class a subject, run by JMH. */
@NullMarked
package millrace.jmh;

import org.jspecify.annotations.NullMarked;
