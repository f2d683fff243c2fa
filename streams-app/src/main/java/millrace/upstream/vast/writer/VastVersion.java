package millrace.upstream.vast.writer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;

/** A version of VAST that is written. Later ones know all that earlier ones know, other than a few older event names. */
public enum VastVersion {
    V4_0("4.0", 7),
    V4_1("4.1", 11),
    V4_2("4.2", 13),
    /** No schema of it exists, and its text lets event names be any. */
    V4_3("4.3", 15);

    private static final Set<String> COMMON_EVENTS = Set.of(
            "mute",
            "unmute",
            "pause",
            "resume",
            "rewind",
            "skip",
            "playerExpand",
            "playerCollapse",
            "start",
            "firstQuartile",
            "midpoint",
            "thirdQuartile",
            "complete",
            "progress",
            "creativeView",
            "acceptInvitation",
            "adExpand",
            "adCollapse",
            "minimize",
            "close",
            "overlayViewDuration",
            "otherAdInteraction");

    private final String text;
    private final int protocol;

    /** @param protocol number in the AdCOM list Creative Subtypes; the next one is its wrapper */
    VastVersion(String text, int protocol) {
        this.text = text;
        this.protocol = protocol;
    }

    /** As the version attribute says it. */
    public String text() {
        return text;
    }

    public static Optional<VastVersion> of(String text) {
        return List.of(values()).stream().filter(v -> v.text.equals(text)).findFirst();
    }

    /** The highest that a player takes, by its protocols (AdCOM list Creative Subtypes - Audio/Video). */
    private static Optional<VastVersion> highestOf(List<Integer> protocols) {
        return List.of(values()).reversed().stream()
                .filter(v -> protocols.contains(v.protocol))
                .findFirst();
    }

    /** What a request asks for: its own word, else the highest that the slot's player takes. */
    public static Optional<VastVersion> wantedBy(AdRequest request, Slot slot) {
        return Optional.ofNullable(request.getVastVersion())
                .flatMap(VastVersion::of)
                .or(() -> highestOf(slot.getProtocols()));
    }

    boolean isAtLeast(VastVersion other) {
        return compareTo(other) >= 0;
    }

    /** Whether the version's schema has the event; another name makes a document invalid. */
    boolean knows(String event) {
        return COMMON_EVENTS.contains(event)
                || switch (this) {
                    case V4_0 -> event.equals("acceptInvitationLinear") || event.equals("timeSpentViewing");
                    case V4_1 -> event.equals("loaded") || event.equals("closeLinear");
                    case V4_2 ->
                        event.equals("loaded") || event.equals("closeLinear") || event.equals("interactiveStart");
                    case V4_3 -> true;
                };
    }
}
