/** Filling a break with several ads. */
@NullMarked
package millrace.pod;

import org.jspecify.annotations.NullMarked;
