/** XML from strangers: characters decoded by the rules, elements by local name, within limits, without entities. */
@NullMarked
package millrace.upstream.vast.xml;

import org.jspecify.annotations.NullMarked;
