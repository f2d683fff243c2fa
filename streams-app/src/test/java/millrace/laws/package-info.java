/** The laws of the whole topology: random interleavings of everything that can happen, judged by a model that shares no code with the rooms. */
@NullMarked
package millrace.laws;

import org.jspecify.annotations.NullMarked;
