/** {@code millrace bench}: what the pipeline holds on this machine, measured with everything it needs beside it. */
@NullMarked
package millrace.devkit.bench;

import org.jspecify.annotations.NullMarked;
