package millrace.upstream.replay;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A small web: where a resolution begins, and what each URL answers.
 *
 * @param startUrl the tag, macros still in it
 * @param maxWrappers wrappers allowed in a row; absent is the usual number
 * @param moment what macros had for values when the world was recorded, so that its URLs come out the same
 */
public record World(String startUrl, Optional<Integer> maxWrappers, Moment moment, Map<String, Page> pages) {

    /** Values that change from one resolution to the next. */
    public record Moment(String correlator, String cachebusting, Instant timestamp) {
        /** For worlds that were written by hand. */
        public static final Moment NONE = new Moment("00000000-0000-4000-8000-000000000000", "00000000", Instant.EPOCH);
    }

    public World {
        pages = Collections.unmodifiableMap(new LinkedHashMap<>(pages));
    }
}
