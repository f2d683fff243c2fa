package millrace.gateway.format;

import static millrace.gateway.format.OpenRtbRequest.list;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import millrace.check.Faults;
import millrace.schemas.Companion;
import millrace.schemas.Deal;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.upstream.openrtb.model.Audio;
import millrace.upstream.openrtb.model.Banner;
import millrace.upstream.openrtb.model.Imp;
import millrace.upstream.openrtb.model.Native;
import millrace.upstream.openrtb.model.Video;
import org.jspecify.annotations.Nullable;

/** An impression as a slot. Of several kinds of ad on offer it is the first of video, audio, banner, native. */
final class OpenRtbImpression {
    private static final BigDecimal MOST_MICROS = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000);
    private static final int MICROS = 6;
    private static final int LONGEST_SECONDS = 86_400;

    private final Imp imp;
    private final Faults faults;

    OpenRtbImpression(Imp imp, Faults faults) {
        this.imp = imp;
        this.faults = faults;
    }

    Slot slot() {
        Slot.Builder slot = Slot.newBuilder()
                .setId(Objects.requireNonNullElse(imp.id(), ""))
                .setFloorCpmMicros(micros(imp.bidfloor(), "bidfloor", faults))
                .setFloorCurrency(imp.bidfloor() == null ? null : Objects.requireNonNullElse(imp.bidfloorcur(), "USD"))
                .setSecure(imp.secure())
                .setRewarded(imp.rwdd())
                .setExpirySeconds(imp.exp())
                .setExt(imp.ext() == null ? null : imp.ext().text());
        Video video = imp.video();
        Audio audio = imp.audio();
        Banner banner = imp.banner();
        Native nativeAd = imp.nativeAd();
        if (video != null) {
            video(slot, video);
        } else if (audio != null) {
            audio(slot, audio);
        } else if (banner != null) {
            banner(slot, banner);
        } else if (nativeAd != null) {
            slot.setKind(SlotKind.NATIVE).setNativeRequest(nativeAd.request()).setApis(list(nativeAd.api()));
        }
        return slot.build();
    }

    private void video(Slot.Builder slot, Video video) {
        slot.setKind(SlotKind.VIDEO)
                .setPod(OpenRtbPod.of(video).pod(faults.in("video")))
                .setMimes(list(video.mimes()))
                .setMinDurationMillis(millis(video.minduration()))
                .setMaxDurationMillis(millis(video.maxduration()))
                .setRequiredDurationsMillis(millis(list(video.rqddurs())))
                .setWidth(video.w())
                .setHeight(video.h())
                .setProtocols(list(video.protocols()))
                .setApis(list(video.api()))
                .setStartDelay(video.startdelay())
                .setPlacementType(video.plcmt())
                .setLinearity(video.linearity())
                .setSkip(video.skip())
                .setSkipMinSeconds(video.skipmin())
                .setSkipAfterSeconds(video.skipafter())
                .setSequence(video.sequence())
                .setBlockedAttributes(list(video.battr()))
                .setMaxExtendedSeconds(video.maxextended())
                .setMinBitrateKbps(video.minbitrate())
                .setMaxBitrateKbps(video.maxbitrate())
                .setPlaybackMethods(list(video.playbackmethod()))
                .setPlaybackEnd(video.playbackend())
                .setDelivery(list(video.delivery()))
                .setPosition(video.pos())
                .setCompanions(companions(list(video.companionad())));
    }

    private void audio(Slot.Builder slot, Audio audio) {
        slot.setKind(SlotKind.AUDIO)
                .setPod(OpenRtbPod.of(audio).pod(faults.in("audio")))
                .setMimes(list(audio.mimes()))
                .setMinDurationMillis(millis(audio.minduration()))
                .setMaxDurationMillis(millis(audio.maxduration()))
                .setRequiredDurationsMillis(millis(list(audio.rqddurs())))
                .setProtocols(list(audio.protocols()))
                .setApis(list(audio.api()))
                .setStartDelay(audio.startdelay())
                .setSequence(audio.sequence())
                .setBlockedAttributes(list(audio.battr()))
                .setMaxExtendedSeconds(audio.maxextended())
                .setMinBitrateKbps(audio.minbitrate())
                .setMaxBitrateKbps(audio.maxbitrate())
                .setDelivery(list(audio.delivery()))
                .setFeed(audio.feed())
                .setStitched(audio.stitched())
                .setVolumeNormalization(audio.nvol())
                .setCompanions(companions(list(audio.companionad())));
    }

    private static void banner(Slot.Builder slot, Banner banner) {
        slot.setKind(SlotKind.BANNER)
                .setWidth(banner.w())
                .setHeight(banner.h())
                .setFormats(list(banner.format()).stream()
                        .filter(format -> format.w() != null && format.h() != null)
                        .map(format -> companion(null, format.w(), format.h()))
                        .toList())
                .setMimes(list(banner.mimes()))
                .setApis(list(banner.api()))
                .setBlockedAttributes(list(banner.battr()))
                .setPosition(banner.pos());
    }

    static Deal deal(millrace.upstream.openrtb.model.Deal deal, Imp imp, Faults faults) {
        return Deal.newBuilder()
                .setId(Objects.requireNonNullElse(deal.id(), ""))
                .setSlotId(imp.id())
                .setFloorCpmMicros(Optional.ofNullable(micros(deal.bidfloor(), "pmp.deals.bidfloor", faults))
                        .orElse(0L))
                .setCurrency(Objects.requireNonNullElse(deal.bidfloorcur(), "USD"))
                .setAuctionType(deal.at())
                .setSeats(list(deal.wseat()))
                .setAdvertiserDomains(list(deal.wadomain()))
                .setGuaranteed(deal.guar() != null && deal.guar() == 1)
                .build();
    }

    private static List<Companion> companions(List<Banner> banners) {
        return banners.stream()
                .filter(banner -> banner.w() != null && banner.h() != null)
                .map(banner -> companion(banner.id(), banner.w(), banner.h()))
                .toList();
    }

    private static Companion companion(@Nullable String id, @Nullable Integer width, @Nullable Integer height) {
        return Companion.newBuilder()
                .setId(id)
                .setWidth(Objects.requireNonNull(width))
                .setHeight(Objects.requireNonNull(height))
                .build();
    }

    /** Prices are decimals of a currency unit a thousand (5.27); a floor is not rounded down. */
    static @Nullable Long micros(@Nullable BigDecimal price, String where, Faults faults) {
        if (price == null) {
            return null;
        }
        if (price.signum() < 0 || price.compareTo(MOST_MICROS) > 0) {
            faults.add(where, "is out of range; allowed is 0 or more");
            return null;
        }
        return price.movePointRight(MICROS).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    private static @Nullable Integer millis(@Nullable Integer seconds) {
        return seconds == null || seconds < 0 || seconds > LONGEST_SECONDS ? null : Integer.valueOf(seconds * 1000);
    }

    private static List<Integer> millis(List<Integer> seconds) {
        return seconds.stream()
                .filter(each -> each > 0 && each <= LONGEST_SECONDS)
                .map(each -> each * 1000)
                .toList();
    }
}
