/** What a trafficker asks of a tag: what is in it, and what is wrong with it. */
@NullMarked
package millrace.cli.vast;

import org.jspecify.annotations.NullMarked;
