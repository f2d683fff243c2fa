/** Looking into a running pipeline. */
@NullMarked
package millrace.query;

import org.jspecify.annotations.NullMarked;
