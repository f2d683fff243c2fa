/** Hostile documents by the million: made of good ones by seeded mutation, read, and watched. */
@NullMarked
package millrace.devkit.fuzz;

import org.jspecify.annotations.NullMarked;
