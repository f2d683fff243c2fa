/** Calls to bidders over HTTP. */
@NullMarked
package millrace.upstream.bidding;

import org.jspecify.annotations.NullMarked;
