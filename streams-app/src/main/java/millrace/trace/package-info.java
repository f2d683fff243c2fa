/** The trace that a request belongs to, on its way through the house. */
@NullMarked
package millrace.trace;

import org.jspecify.annotations.NullMarked;
