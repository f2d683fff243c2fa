/** Millrace at work in a minute: fictitious viewers, an example catalog, upstreams with faults. */
@NullMarked
package millrace.devkit.demo;

import org.jspecify.annotations.NullMarked;
