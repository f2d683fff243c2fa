/** Frequency caps: how often a user has seen what, exact to the millisecond. */
@NullMarked
package millrace.caps;

import org.jspecify.annotations.NullMarked;
