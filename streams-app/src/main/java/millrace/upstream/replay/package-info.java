/** What was asked and answered over HTTP, kept in a file and played back without a network. */
@NullMarked
package millrace.upstream.replay;

import org.jspecify.annotations.NullMarked;
