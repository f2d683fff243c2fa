package millrace.devkit.referee;

import java.time.Instant;

/** A record of the catalog, and when the broker had it. */
public record Told<T>(Instant at, T record) {}
