package millrace.upstream.vast.check;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of tracking events (VAST 4.3, 3.14; VMAP 1.0.1, 2.3.3). */
final class EventNames {
    private static final Set<String> PLAYER = Set.of(
            "mute",
            "unmute",
            "pause",
            "resume",
            "rewind",
            "skip",
            "playerExpand",
            "playerCollapse",
            "notUsed",
            "loaded",
            "start",
            "firstQuartile",
            "midpoint",
            "thirdQuartile",
            "complete",
            "progress",
            "otherAdInteraction",
            "closeLinear",
            "creativeView",
            "acceptInvitation",
            "adExpand",
            "adCollapse",
            "minimize",
            "close",
            "overlayViewDuration",
            "interactiveStart",
            "verificationNotExecuted");

    private static final Set<String> BREAK = Set.of("breakStart", "breakEnd", "error");

    /** Spellings of older versions, with what replaced them. */
    private static final Map<String, String> OLD = Map.of(
            "fullscreen", "playerExpand",
            "exitFullscreen", "playerCollapse",
            "expand", "playerExpand",
            "collapse", "playerCollapse",
            "acceptInvitationLinear", "otherAdInteraction",
            "timeSpentViewing", "progress",
            "forward", "nothing");

    private EventNames() {}

    /** What is wrong with the name, if anything. */
    static Optional<String> fault(String event, boolean ofBreak) {
        Set<String> known = ofBreak ? BREAK : PLAYER;
        if (known.contains(event) || OLD.containsKey(event)) {
            return Optional.empty();
        }
        return known.stream()
                .filter(event::equalsIgnoreCase)
                .findFirst()
                .map(meant -> "event is \"" + event + "\"; \"" + meant + "\" is meant, and players tell case apart")
                .or(() -> Optional.of("event \"" + event + "\" is not one that players know; it is never called"));
    }

    static Optional<String> replaced(String event) {
        return Optional.ofNullable(OLD.get(event));
    }
}
