package millrace.upstream.openrtb.auction;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import millrace.upstream.openrtb.model.Audio;
import millrace.upstream.openrtb.model.DurFloors;
import millrace.upstream.openrtb.model.Video;
import org.jspecify.annotations.Nullable;

/**
 * What an impression asks of an ad that takes time: video and audio ask the same. Seconds.
 *
 * @param extended over {@code most}; -1 without limit
 * @param dynamic whether several ads may share the impression's time
 */
record TimedTerms(
        int least,
        OptionalInt most,
        List<Integer> exact,
        int extended,
        @Nullable String podId,
        boolean dynamic,
        OptionalInt podSeconds,
        OptionalInt podAds,
        int slotInPod,
        List<Integer> dedupe,
        @Nullable BigDecimal perSecond,
        List<DurFloors> durationFloors,
        List<Integer> protocols,
        List<Integer> apis,
        List<Integer> blockedAttributes,
        boolean skipImposed) {

    static TimedTerms of(Video video) {
        return new TimedTerms(
                or(video.minduration(), 0),
                optional(video.maxduration()),
                or(video.rqddurs()),
                or(video.maxextended(), 0),
                video.podid(),
                isDynamic(video.poddur(), video.maxseq()),
                optional(video.poddur()),
                optional(video.maxseq()),
                or(video.slotinpod(), 0),
                or(video.poddedupe()),
                video.mincpmpersec(),
                or(video.durfloors()),
                or(video.protocols()),
                or(video.api()),
                or(video.battr()),
                or(video.skip(), 0) == 1);
    }

    static TimedTerms of(Audio audio) {
        return new TimedTerms(
                or(audio.minduration(), 0),
                optional(audio.maxduration()),
                or(audio.rqddurs()),
                or(audio.maxextended(), 0),
                audio.podid(),
                isDynamic(audio.poddur(), audio.maxseq()),
                optional(audio.poddur()),
                optional(audio.maxseq()),
                or(audio.slotinpod(), 0),
                List.of(),
                audio.mincpmpersec(),
                or(audio.durfloors()),
                or(audio.protocols()),
                or(audio.api()),
                or(audio.battr()),
                false);
    }

    /** The longest that an ad may be: what a bid is taken for that does not say how long it is. */
    OptionalInt longest() {
        if (!exact.isEmpty()) {
            return exact.stream().mapToInt(Integer::intValue).max();
        }
        return most.isPresent() ? most : podSeconds;
    }

    private static boolean isDynamic(@Nullable Integer seconds, @Nullable Integer ads) {
        return or(seconds, 0) > 0 || or(ads, 0) > 1;
    }

    private static int or(@Nullable Integer stated, int usual) {
        return stated == null ? usual : stated;
    }

    private static <T> List<T> or(@Nullable List<T> stated) {
        return stated == null ? List.of() : stated;
    }

    private static OptionalInt optional(@Nullable Integer stated) {
        return stated == null || stated == 0 ? OptionalInt.empty() : OptionalInt.of(stated);
    }
}
