/** The millrace command line. */
@NullMarked
package millrace.cli;

import org.jspecify.annotations.NullMarked;
