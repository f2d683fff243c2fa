/** A value that was checked, or everything that is wrong with it. */
@NullMarked
package millrace.check;

import org.jspecify.annotations.NullMarked;
