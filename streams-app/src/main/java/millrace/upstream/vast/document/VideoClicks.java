package millrace.upstream.vast.document;

import java.util.List;
import java.util.Optional;

/** Where a click on a linear ad leads, and who is told (VAST 4.3, 3.10); AdInteractions in DAAST. */
public record VideoClicks(Optional<Link> through, List<Link> tracking, List<Link> custom) {
    public static final VideoClicks NONE = new VideoClicks(Optional.empty(), List.of(), List.of());

    public VideoClicks {
        tracking = List.copyOf(tracking);
        custom = List.copyOf(custom);
    }
}
