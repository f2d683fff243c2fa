/** Campaigns, upstreams and placements as people write them: YAML in, records for the catalog topics out. */
@NullMarked
package millrace.catalog.file;

import org.jspecify.annotations.NullMarked;
