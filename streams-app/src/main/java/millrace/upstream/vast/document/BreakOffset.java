package millrace.upstream.vast.document;

import java.time.Duration;
import java.util.Optional;

/** When a break comes (VMAP 1.0.1, 2.3.1.1). */
public sealed interface BreakOffset {

    record Start() implements BreakOffset {}

    record End() implements BreakOffset {}

    record At(Duration time) implements BreakOffset {}

    /** @param millionths of the content, 0 to 1,000,000 */
    record Part(int millionths) implements BreakOffset {}

    /** @param number the place among the content's own breaks, from 1 */
    record Place(int number) implements BreakOffset {}

    static Optional<BreakOffset> parse(String text) {
        return switch (text.strip()) {
            case "start" -> Optional.of(new Start());
            case "end" -> Optional.of(new End());
            case String place
            when place.startsWith("#") ->
                VastTime.whole(place.substring(1)).filter(n -> n > 0).map(Place::new);
            case String time ->
                Offset.parse(time).map(offset -> switch (offset) {
                    case Offset.At(Duration at) -> new At(at);
                    case Offset.Part(int millionths) -> new Part(millionths);
                });
        };
    }
}
