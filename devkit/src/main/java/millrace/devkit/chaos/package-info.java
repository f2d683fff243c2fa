/** Millrace under fire: real processes, faults on a timetable, and a referee that reads what was committed. */
@NullMarked
package millrace.devkit.chaos;

import org.jspecify.annotations.NullMarked;
