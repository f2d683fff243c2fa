/**
 * The edges: doors into and out of the topics for those who do not speak Kafka.
 *
 * <p>Nothing is here yet. Until something is, the topics are the only doors: see {@code millrace.topics.Topics}.
 */
@NullMarked
package millrace.connectors;

import org.jspecify.annotations.NullMarked;
