/**
 * Who wins an impression, what it pays, and why everybody else lost. Pure: the same request, answers and rules give the same result, in whatever
 * order the answers come.
 */
@NullMarked
package millrace.upstream.openrtb.auction;

import org.jspecify.annotations.NullMarked;
