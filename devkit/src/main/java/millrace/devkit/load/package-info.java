/**
 * Load on the pipeline from outside: requests at moments fixed beforehand, answers matched by id.
 *
 * <p>The load is open: nobody waits for an answer before asking again, and a latency counts from the moment at which a request was
 * <em>due</em>. A pipeline that stalls is charged for every request of the stall, not for the one that noticed.
 */
@NullMarked
package millrace.devkit.load;

import org.jspecify.annotations.NullMarked;
