/** Who asks: the session of a user key and the context that one request carries to its end. */
@NullMarked
package millrace.session;

import org.jspecify.annotations.NullMarked;
