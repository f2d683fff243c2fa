/** The story of one ad request, from arrival to answer, with the journal of those in flight. */
@NullMarked
package millrace.decision;

import org.jspecify.annotations.NullMarked;
