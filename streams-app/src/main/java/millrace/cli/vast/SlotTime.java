package millrace.cli.vast;

import java.time.Duration;
import java.util.Optional;
import millrace.upstream.vast.document.VastTime;

/**
 * When a slot comes in its content, as a person says it: {@code start}, {@code mid}, {@code end}, or a time.
 *
 * @param startDelay as a slot of a request has it
 */
record SlotTime(int startDelay) {
    static Optional<SlotTime> parse(String text) {
        return switch (text) {
            case "start" -> Optional.of(new SlotTime(0));
            case "mid" -> Optional.of(new SlotTime(-1));
            case "end" -> Optional.of(new SlotTime(-2));
            default ->
                VastTime.parse(text)
                        .map(Duration::toSeconds)
                        .map(Math::toIntExact)
                        .map(SlotTime::new);
        };
    }
}
