/** Asking the pipeline: requests to their topic, answers back from a partition of one's own, no thread for any of them. */
@NullMarked
package millrace.gateway.ask;

import org.jspecify.annotations.NullMarked;
