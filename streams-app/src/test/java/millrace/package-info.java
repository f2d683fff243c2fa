@NullMarked
package millrace;

import org.jspecify.annotations.NullMarked;
