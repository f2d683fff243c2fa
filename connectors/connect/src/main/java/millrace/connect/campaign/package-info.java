/** Rows of a table of campaigns, made into records of the topic {@code campaigns}. */
@NullMarked
package millrace.connect.campaign;

import org.jspecify.annotations.NullMarked;
