/** Getting bytes from the servers of others: guarded, bounded, never on the caller's thread. */
@NullMarked
package millrace.upstream.http;

import org.jspecify.annotations.NullMarked;
