/** HTTP as the gateway sees it: calls and pages, who the client is and how often it may ask. Knows nothing of ads. */
@NullMarked
package millrace.gateway.http;

import org.jspecify.annotations.NullMarked;
