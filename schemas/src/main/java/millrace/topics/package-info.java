/** Every topic: its name, what it holds, and how a broker must keep it. */
@NullMarked
package millrace.topics;

import org.jspecify.annotations.NullMarked;
