package millrace.upstream.vast.writer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;

/** A version of VAST that is written. Later ones know all that earlier ones know, other than a few older event names. */
public enum VastVersion {
    V2_0("2.0", 2),
    V3_0("3.0", 3),
    V4_0("4.0", 7),
    V4_1("4.1", 11),
    V4_2("4.2", 13),
    /** No schema of it exists, and its text lets event names be any. */
    V4_3("4.3", 15);

    private static final Set<String> EVENTS_OF_TWO = Set.of(
            "creativeView",
            "start",
            "midpoint",
            "firstQuartile",
            "thirdQuartile",
            "complete",
            "mute",
            "unmute",
            "pause",
            "rewind",
            "resume",
            "fullscreen",
            "expand",
            "collapse",
            "acceptInvitation",
            "close");
    private static final Set<String> MORE_EVENTS_OF_THREE =
            Set.of("exitFullscreen", "skip", "progress", "acceptInvitationLinear", "closeLinear");
    /** Of all that begin with a 4. */
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

    /** All, as a person reads them: {@code 2.0, 3.0 or 4.0}. */
    public static String allowed() {
        String all = Stream.of(values()).map(VastVersion::text).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or " + all.substring(last + 2);
    }

    /** Those before are in no namespace. */
    boolean hasNamespace() {
        return isAtLeast(V4_0);
    }

    boolean isAtLeast(VastVersion other) {
        return compareTo(other) >= 0;
    }

    /** Whether the version's schema has the event; another name makes a document invalid. */
    boolean knows(String event) {
        return switch (this) {
            case V2_0 -> EVENTS_OF_TWO.contains(event);
            case V3_0 -> EVENTS_OF_TWO.contains(event) || MORE_EVENTS_OF_THREE.contains(event);
            case V4_0 ->
                COMMON_EVENTS.contains(event)
                        || event.equals("acceptInvitationLinear")
                        || event.equals("timeSpentViewing");
            case V4_1 -> COMMON_EVENTS.contains(event) || event.equals("loaded") || event.equals("closeLinear");
            case V4_2 ->
                COMMON_EVENTS.contains(event)
                        || event.equals("loaded")
                        || event.equals("closeLinear")
                        || event.equals("interactiveStart");
            case V4_3 -> true;
        };
    }
}
