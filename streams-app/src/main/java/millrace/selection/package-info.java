/** Which campaigns may compete for a slot, before anybody is asked. */
@NullMarked
package millrace.selection;

import org.jspecify.annotations.NullMarked;
