/** VAST, VMAP and DAAST documents as values: what a document says, no more. Elements are described in VAST 4.3, chapter 3. */
@NullMarked
package millrace.upstream.vast.document;

import org.jspecify.annotations.NullMarked;
