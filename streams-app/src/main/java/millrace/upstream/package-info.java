/** Asking the ad servers of others, off the stream thread. */
@NullMarked
package millrace.upstream;

import org.jspecify.annotations.NullMarked;
