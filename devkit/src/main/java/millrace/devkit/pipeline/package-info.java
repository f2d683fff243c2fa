/** The pipeline as the process it is in production: started, waited for, measured and killed from outside. */
@NullMarked
package millrace.devkit.pipeline;

import org.jspecify.annotations.NullMarked;
