/** What may be served and where: campaigns, upstreams and placements, read from their compacted topics. */
@NullMarked
package millrace.catalog;

import org.jspecify.annotations.NullMarked;
