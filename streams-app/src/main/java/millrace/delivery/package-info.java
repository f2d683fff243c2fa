/** What leaves: tokens, reservations and answers. */
@NullMarked
package millrace.delivery;

import org.jspecify.annotations.NullMarked;
