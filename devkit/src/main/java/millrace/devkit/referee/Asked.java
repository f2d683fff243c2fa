package millrace.devkit.referee;

import java.time.Instant;

/**
 * A request that the broker has acknowledged, and that must therefore be answered once.
 *
 * @param at when it was sent
 */
public record Asked(String id, Instant at) {}
