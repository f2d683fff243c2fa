/** Exact amounts: never a double. */
@NullMarked
package millrace.money;

import org.jspecify.annotations.NullMarked;
