/** Which upstream of a pool is asked. */
@NullMarked
package millrace.rotation;

import org.jspecify.annotations.NullMarked;
