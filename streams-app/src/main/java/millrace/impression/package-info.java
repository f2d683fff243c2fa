/** Events of served ads: confirmed impressions and expired reservations. */
@NullMarked
package millrace.impression;

import org.jspecify.annotations.NullMarked;
