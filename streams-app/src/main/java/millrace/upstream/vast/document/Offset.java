package millrace.upstream.vast.document;

import java.time.Duration;
import java.util.Optional;

/** When something happens in an ad: after a time, or after a part of it (VAST 4.3, 3.8 skipoffset and 3.14.1 progress). */
public sealed interface Offset {

    /** From the beginning of an ad of this length. */
    Duration in(Duration length);

    record At(Duration time) implements Offset {
        @Override
        public Duration in(Duration length) {
            return time;
        }
    }

    /** @param millionths of the length, 0 to 1,000,000 */
    record Part(int millionths) implements Offset {
        private static final int WHOLE = 1_000_000;

        @Override
        public Duration in(Duration length) {
            return Duration.ofMillis(length.toMillis() * millionths / WHOLE);
        }
    }

    /** Reads {@code HH:MM:SS}, with thousandths or without, or {@code n%} with up to three decimals. */
    static Optional<Offset> parse(String text) {
        String trimmed = text.strip();
        if (!trimmed.endsWith("%")) {
            return VastTime.parse(trimmed).map(At::new);
        }
        return VastTime.thousandths(trimmed.substring(0, trimmed.length() - 1).strip())
                .filter(n -> n <= 100_000)
                .map(n -> new Part(n * 10));
    }
}
