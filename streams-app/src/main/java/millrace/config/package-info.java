/** Every setting, with its unit, default and range. */
@NullMarked
package millrace.config;

import org.jspecify.annotations.NullMarked;
