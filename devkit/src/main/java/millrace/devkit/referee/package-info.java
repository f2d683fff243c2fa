/**
 * Judges a run from its committed records alone, by arithmetic of its own. Shares nothing with the rooms that it judges: of Millrace it
 * knows the generated records, and nothing else.
 */
@NullMarked
package millrace.devkit.referee;

import org.jspecify.annotations.NullMarked;
