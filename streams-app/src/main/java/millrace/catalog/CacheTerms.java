package millrace.catalog;

import java.time.Duration;

/**
 * Which answers of an upstream are kept.
 *
 * @param maxAge longest that one is kept, however long it says that it is fresh
 * @param trackers whether documents with trackers are kept too, whose URLs may be made for one request
 */
public record CacheTerms(Duration maxAge, boolean trackers) {}
