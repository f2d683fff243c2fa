/** Requests for ads in the languages of players and exchanges, and answers in theirs. Pure: no Kafka, no sockets. */
@NullMarked
package millrace.gateway.format;

import org.jspecify.annotations.NullMarked;
