/** Trying a rotation before it is shipped. */
@NullMarked
package millrace.cli.rotation;

import org.jspecify.annotations.NullMarked;
