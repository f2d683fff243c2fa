/** What bidders are asked: a request of ours as OpenRTB 2.6. */
@NullMarked
package millrace.upstream.openrtb.request;

import org.jspecify.annotations.NullMarked;
