/**
 * JSON to records and back: a record's components are its attributes, and annotations say what the specification asks of them. One pass over
 * the bytes, all faults of type at once, each with its path; what is not known is kept as it came.
 */
@NullMarked
package millrace.upstream.openrtb.json;

import org.jspecify.annotations.NullMarked;
