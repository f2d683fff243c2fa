@NullMarked
package millrace.intake;

import org.jspecify.annotations.NullMarked;
