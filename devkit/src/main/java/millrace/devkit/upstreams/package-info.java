/** Ad servers and bidders of others, simulated: what the pipeline meets in the field, on demand and repeatable. */
@NullMarked
package millrace.devkit.upstreams;

import org.jspecify.annotations.NullMarked;
