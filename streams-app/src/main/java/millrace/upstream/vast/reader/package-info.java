/** Bytes in, documents out: one reader an element, each used once, on one thread, in one pass. Nothing is remembered. */
@NullMarked
package millrace.upstream.vast.reader;

import org.jspecify.annotations.NullMarked;
