/** Records made into flat rows, for tables. */
@NullMarked
package millrace.connect.row;

import org.jspecify.annotations.NullMarked;
