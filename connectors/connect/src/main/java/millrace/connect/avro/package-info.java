/** Kafka Connect's data and Avro's, each made of the other without loss; and the converter that puts it into the wire format. */
@NullMarked
package millrace.connect.avro;

import org.jspecify.annotations.NullMarked;
