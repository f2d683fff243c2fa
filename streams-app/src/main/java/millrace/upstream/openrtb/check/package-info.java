/** What is wrong with a message: everything at once, each with its path. Pure. */
@NullMarked
package millrace.upstream.openrtb.check;

import org.jspecify.annotations.NullMarked;
