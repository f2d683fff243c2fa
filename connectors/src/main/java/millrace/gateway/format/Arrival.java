package millrace.gateway.format;

import java.time.Instant;

/**
 * What a call brings that its text does not say.
 *
 * @param id for the request where the call names none
 * @param times how long it may take
 */
public record Arrival(String id, Instant at, Times times) {}
