/** What a player or this resolver would stumble on in a document, by line. Never in the way of a decision. */
@NullMarked
package millrace.upstream.vast.check;

import org.jspecify.annotations.NullMarked;
