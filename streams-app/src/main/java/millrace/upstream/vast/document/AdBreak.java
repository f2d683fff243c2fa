package millrace.upstream.vast.document;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One break of a schedule (VMAP 1.0.1, 2.3.1).
 *
 * @param timeOffset when it comes, as {@link BreakOffset} reads it
 * @param types of {@code linear}, {@code nonlinear}, {@code display}, as written
 * @param repeatAfter the break comes again after this time, until the content ends
 * @param source absent: the break is announced, and the player has nothing to show in it
 * @param tracking of {@code breakStart}, {@code breakEnd}, {@code error}
 */
public record AdBreak(
        String timeOffset,
        List<String> types,
        String id,
        Optional<Duration> repeatAfter,
        Optional<AdSource> source,
        List<Tracking> tracking,
        List<Extension> extensions) {
    public AdBreak {
        types = List.copyOf(types);
        tracking = List.copyOf(tracking);
        extensions = List.copyOf(extensions);
    }
}
