package millrace.gateway.format;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import millrace.check.Faults;
import millrace.schemas.Pod;
import millrace.schemas.PodSeparation;
import millrace.upstream.openrtb.model.Audio;
import millrace.upstream.openrtb.model.Video;
import org.jspecify.annotations.Nullable;

/**
 * What an impression says of the pod that it is in (OpenRTB 2.6, 3.2.7 and 3.2.8): with {@code poddur} it is the dynamic part, a break of several ads, else one slot of
 * a structured pod.
 *
 * @param longest ad in seconds that the impression takes, where it says so
 * @param dedupe AdCOM list Pod Deduplication Settings
 */
record OpenRtbPod(
        @Nullable String id,
        @Nullable Integer duration,
        @Nullable Integer most,
        @Nullable Integer sequence,
        @Nullable Integer slot,
        @Nullable BigDecimal perSecond,
        @Nullable Integer longest,
        List<Integer> dedupe) {
    private static final int MOST_ADS = 50;
    private static final int LONGEST_SECONDS = 86_400;

    static OpenRtbPod of(Video video) {
        return new OpenRtbPod(
                video.podid(),
                video.poddur(),
                video.maxseq(),
                video.podseq(),
                video.slotinpod(),
                video.mincpmpersec(),
                longest(video.maxduration(), OpenRtbRequest.list(video.rqddurs())),
                OpenRtbRequest.list(video.poddedupe()));
    }

    static OpenRtbPod of(Audio audio) {
        return new OpenRtbPod(
                audio.podid(),
                audio.poddur(),
                audio.maxseq(),
                audio.podseq(),
                audio.slotinpod(),
                audio.mincpmpersec(),
                longest(audio.maxduration(), OpenRtbRequest.list(audio.rqddurs())),
                List.of());
    }

    /** Exact lengths stand instead of a longest. */
    private static @Nullable Integer longest(@Nullable Integer most, List<Integer> exact) {
        return exact.isEmpty() ? most : Collections.max(exact);
    }

    /** Null for an impression outside of any pod. */
    @Nullable
    Pod pod(Faults faults) {
        boolean outside = id == null && duration == null && slot == null && sequence == null && perSecond == null;
        if (outside) {
            return null;
        }
        Optional<Integer> whole = Optional.ofNullable(duration);
        boolean isDynamic = whole.isPresent();
        int seconds = whole.or(() -> Optional.ofNullable(longest)).orElse(LONGEST_SECONDS);
        faults.require(
                seconds > 0 && seconds <= LONGEST_SECONDS,
                isDynamic ? "poddur" : "maxduration",
                "is " + seconds + "; allowed are seconds, 1 to " + LONGEST_SECONDS);
        faults.require(most == null || most > 0, "maxseq", "is " + most + "; allowed is 1 or more");
        return Pod.newBuilder()
                .setId(id)
                .setMaxAds(isDynamic ? Math.clamp(Optional.ofNullable(most).orElse(MOST_ADS), 1, MOST_ADS) : 1)
                .setTotalMillis(Math.clamp(seconds, 1, LONGEST_SECONDS) * 1000)
                .setSequence(sequence)
                .setSlotInPod(slot)
                .setMinCpmPerSecondMicros(OpenRtbImpression.micros(perSecond, "mincpmpersec", faults))
                .setSeparation(separation())
                .build();
    }

    private List<PodSeparation> separation() {
        if (dedupe.isEmpty()) {
            return List.of(PodSeparation.CREATIVE);
        }
        return dedupe.stream()
                .<PodSeparation>mapMulti((setting, keep) -> {
                    switch (setting) {
                        case 1 -> keep.accept(PodSeparation.ADVERTISER);
                        case 2 -> keep.accept(PodSeparation.CATEGORY);
                        case 3 -> keep.accept(PodSeparation.CREATIVE);
                        default -> {
                            // By media file, which two creatives seldom share; and none at all.
                        }
                    }
                })
                .distinct()
                .toList();
    }
}
