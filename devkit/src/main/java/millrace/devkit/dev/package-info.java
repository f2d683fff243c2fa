/** A stack that stays up, to develop against. */
@NullMarked
package millrace.devkit.dev;

import org.jspecify.annotations.NullMarked;
