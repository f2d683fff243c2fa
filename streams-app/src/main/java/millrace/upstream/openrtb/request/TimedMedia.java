package millrace.upstream.openrtb.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.schemas.Companion;
import millrace.schemas.Player;
import millrace.schemas.Pod;
import millrace.schemas.Slot;
import millrace.upstream.openrtb.json.Draft;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.Audio;
import millrace.upstream.openrtb.model.Banner;
import millrace.upstream.openrtb.model.Video;
import org.jspecify.annotations.Nullable;

/**
 * Video and audio (OpenRTB 2.6, 3.2.7 and 3.2.8), alone or in a break. A break of one ad is one slot of a structured pod; one of several ads is a
 * dynamic pod; breaks of both kinds with one id are a hybrid one (7.6).
 */
final class TimedMedia {
    private static final Shape<Video> VIDEO = Shape.of(Video.class);
    private static final Shape<Audio> AUDIO = Shape.of(Audio.class);
    private static final Shape<Banner> BANNER = Shape.of(Banner.class);
    private static final List<String> USUAL_VIDEO = List.of("video/mp4");
    private static final List<String> USUAL_AUDIO = List.of("audio/mpeg", "audio/mp4");

    private TimedMedia() {}

    static Video video(Slot slot, @Nullable Player player) {
        Draft<Video> draft = VIDEO.draft()
                .set("mimes", slot.getMimes().isEmpty() ? USUAL_VIDEO : slot.getMimes())
                .set("w", slot.getWidth() == null && player != null ? player.getWidth() : slot.getWidth())
                .set("h", slot.getHeight() == null && player != null ? player.getHeight() : slot.getHeight())
                .set("plcmt", slot.getPlacementType())
                .set("linearity", slot.getLinearity())
                .set("skip", slot.getSkip())
                .set("skipmin", slot.getSkipMinSeconds())
                .set("skipafter", slot.getSkipAfterSeconds())
                .set("playbackmethod", Written.list(slot.getPlaybackMethods()))
                .set("playbackend", slot.getPlaybackEnd())
                .set("pos", slot.getPosition());
        pod(slot).ifPresent(pod -> draft.set("poddedupe", Written.list(dedupe(pod))));
        common(draft, slot);
        return draft.make();
    }

    static Audio audio(Slot slot) {
        Draft<Audio> draft = AUDIO.draft()
                .set("mimes", slot.getMimes().isEmpty() ? USUAL_AUDIO : slot.getMimes())
                .set("feed", slot.getFeed())
                .set("stitched", slot.getStitched())
                .set("nvol", slot.getVolumeNormalization());
        common(draft, slot);
        return draft.make();
    }

    private static void common(Draft<?> draft, Slot slot) {
        draft.set("startdelay", slot.getStartDelay())
                .set("protocols", Written.list(slot.getProtocols()))
                .set("api", Written.list(slot.getApis()))
                .set("battr", Written.list(slot.getBlockedAttributes()))
                .set("maxextended", slot.getMaxExtendedSeconds())
                .set("minbitrate", slot.getMinBitrateKbps())
                .set("maxbitrate", slot.getMaxBitrateKbps())
                .set("delivery", Written.list(slot.getDelivery()))
                .set("sequence", slot.getSequence())
                .set("companionad", Written.list(companions(slot)));
        if (slot.getRequiredDurationsMillis().isEmpty()) {
            draft.set("minduration", Written.secondsAtLeast(slot.getMinDurationMillis()))
                    .set("maxduration", Written.secondsAtMost(slot.getMaxDurationMillis()));
        } else {
            draft.set("rqddurs", exact(slot.getRequiredDurationsMillis()));
        }
        pod(slot).ifPresent(pod -> intoPod(draft, slot, pod));
    }

    private static void intoPod(Draft<?> draft, Slot slot, Pod pod) {
        draft.set("podid", pod.getId() == null ? slot.getId() : pod.getId())
                .set("podseq", pod.getSequence())
                .set("slotinpod", pod.getSlotInPod())
                .set(
                        "mincpmpersec",
                        pod.getMinCpmPerSecondMicros() == null
                                ? null
                                : Written.price(Math.max(0, pod.getMinCpmPerSecondMicros())));
        if (pod.getMaxAds() > 1) {
            draft.set("maxseq", pod.getMaxAds()).set("poddur", Written.secondsAtMost(pod.getTotalMillis()));
        }
    }

    private static Optional<Pod> pod(Slot slot) {
        return Optional.ofNullable(slot.getPod());
    }

    private static List<Integer> dedupe(Pod pod) {
        return pod.getSeparation().stream()
                .map(apart -> switch (apart) {
                    case ADVERTISER -> 1;
                    case CATEGORY -> 2;
                    case CREATIVE -> 3;
                })
                .toList();
    }

    private static List<Integer> exact(List<Integer> millis) {
        List<Integer> seconds = new ArrayList<>(millis.size());
        millis.forEach(one -> seconds.add(Written.secondsAtMost(one)));
        return seconds;
    }

    private static List<Banner> companions(Slot slot) {
        return slot.getCompanions().stream().map(TimedMedia::companion).toList();
    }

    private static Banner companion(Companion companion) {
        return BANNER.draft()
                .set("id", companion.getId())
                .set("w", companion.getWidth())
                .set("h", companion.getHeight())
                .make();
    }
}
