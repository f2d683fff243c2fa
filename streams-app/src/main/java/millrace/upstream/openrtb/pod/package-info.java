/** Filling a pod as well as it can be: a knapsack with positions and ads that exclude each other. Pure, and knows nothing of messages. */
@NullMarked
package millrace.upstream.openrtb.pod;

import org.jspecify.annotations.NullMarked;
