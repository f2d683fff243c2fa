/**
 * OpenRTB 2.6: messages as values, what is wrong with them, and the auction. Pure: no I/O, no clock, nothing random. {@code json} reads and writes
 * records, {@code model} has those of the specification, {@code check} finds faults, {@code auction} decides, {@code notice} fills macros.
 */
@NullMarked
package millrace.upstream.openrtb;

import org.jspecify.annotations.NullMarked;
