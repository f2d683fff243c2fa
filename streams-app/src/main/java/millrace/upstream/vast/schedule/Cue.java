package millrace.upstream.vast.schedule;

import java.time.Duration;
import java.util.Optional;
import millrace.schemas.Slot;

/** When in its content a slot comes, as far as it says: by its delay, else by its position in the content. */
public sealed interface Cue {
    int MID_ROLL = -1;
    int POST_ROLL = -2;

    record Start() implements Cue {}

    record End() implements Cue {}

    record At(Duration time) implements Cue {}

    /** Somewhere inside the content. */
    record Middle() implements Cue {}

    record Unsaid() implements Cue {}

    static Cue of(Slot slot) {
        return Optional.ofNullable(slot.getStartDelay()).map(Cue::delayed).orElseGet(() -> positioned(slot));
    }

    /** OpenRTB 2.6, list Start Delay Modes. */
    private static Cue delayed(int seconds) {
        return switch (seconds) {
            case 0 -> new Start();
            case MID_ROLL -> new Middle();
            case POST_ROLL -> new End();
            default -> seconds > 0 ? new At(Duration.ofSeconds(seconds)) : new Unsaid();
        };
    }

    /** VAST's BREAKPOSITION. */
    private static Cue positioned(Slot slot) {
        return switch (Optional.ofNullable(slot.getBreakPosition()).orElse(0)) {
            case 1 -> new Start();
            case 2 -> new Middle();
            case 3 -> new End();
            default -> new Unsaid();
        };
    }

    default boolean isInside() {
        return this instanceof At || this instanceof Middle;
    }
}
