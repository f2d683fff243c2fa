/** What is written into the addresses and the markup of bids once an auction is decided. Pure. */
@NullMarked
package millrace.upstream.openrtb.notice;

import org.jspecify.annotations.NullMarked;
