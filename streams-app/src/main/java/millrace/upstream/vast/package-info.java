/** VAST 2.0 to 4.x: bytes in, values out, and the wrapper chain between them. */
@NullMarked
package millrace.upstream.vast;

import org.jspecify.annotations.NullMarked;
