/** Ads as VAST 4 and VMAP documents. */
@NullMarked
package millrace.upstream.vast.writer;

import org.jspecify.annotations.NullMarked;
