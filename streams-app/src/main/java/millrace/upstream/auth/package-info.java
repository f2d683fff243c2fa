/** Saying to upstreams who we are. */
@NullMarked
package millrace.upstream.auth;

import org.jspecify.annotations.NullMarked;
