/** Which breaks of a schedule a slot is. Pure. */
@NullMarked
package millrace.upstream.vast.schedule;

import org.jspecify.annotations.NullMarked;
