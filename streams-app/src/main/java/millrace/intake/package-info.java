/** The door: bytes become requests, or dead letters. */
@NullMarked
package millrace.intake;

import org.jspecify.annotations.NullMarked;
