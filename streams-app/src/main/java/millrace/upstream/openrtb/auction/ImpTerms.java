package millrace.upstream.openrtb.auction;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.Audio;
import millrace.upstream.openrtb.model.Banner;
import millrace.upstream.openrtb.model.Deal;
import millrace.upstream.openrtb.model.Imp;
import millrace.upstream.openrtb.model.Native;
import millrace.upstream.openrtb.model.Pmp;
import millrace.upstream.openrtb.model.Video;
import org.jspecify.annotations.Nullable;

/**
 * One impression, made ready to be asked often.
 *
 * @param index in the request
 */
record ImpTerms(
        Imp imp,
        String id,
        int index,
        Map<String, Deal> deals,
        boolean dealsOnly,
        boolean secure,
        BigDecimal floor,
        String floorCurrency,
        Optional<TimedTerms> video,
        Optional<TimedTerms> audio) {
    /** What a bid is for whose impression the request does not have: nothing. */
    static final ImpTerms NONE = of(Shape.of(Imp.class).draft().make(), -1);

    static ImpTerms of(Imp imp, int index) {
        Pmp pmp = imp.pmp();
        Video video = imp.video();
        Audio audio = imp.audio();
        BigDecimal floor = imp.bidfloor();
        String currency = imp.bidfloorcur();
        String id = imp.id();
        return new ImpTerms(
                imp,
                id == null ? "" : id,
                index,
                pmp == null || pmp.deals() == null ? Map.of() : byId(pmp.deals()),
                pmp != null && isOne(pmp.private_auction()),
                isOne(imp.secure()),
                floor == null ? BigDecimal.ZERO : floor,
                currency == null ? Currencies.USUAL : currency,
                video == null ? Optional.empty() : Optional.of(TimedTerms.of(video)),
                audio == null ? Optional.empty() : Optional.of(TimedTerms.of(audio)));
    }

    Optional<TimedTerms> timed(MarkupType markup) {
        return switch (markup) {
            case VIDEO -> video;
            case AUDIO -> audio;
            case BANNER, NATIVE -> Optional.empty();
        };
    }

    /** Whichever of video and audio says that the impression is part of a pod. */
    Optional<TimedTerms> pod() {
        return video.filter(ImpTerms::isPod).or(() -> audio.filter(ImpTerms::isPod));
    }

    List<Integer> blockedAttributes(MarkupType markup) {
        List<Integer> blocked = switch (markup) {
            case BANNER -> Optional.ofNullable(imp.banner()).map(Banner::battr).orElse(null);
            case NATIVE ->
                Optional.ofNullable(imp.nativeAd()).map(Native::battr).orElse(null);
            case VIDEO, AUDIO ->
                timed(markup).map(TimedTerms::blockedAttributes).orElse(null);
        };
        return blocked == null ? List.of() : blocked;
    }

    private static boolean isPod(TimedTerms terms) {
        return terms.podId() != null || terms.dynamic();
    }

    private static Map<String, Deal> byId(List<Deal> deals) {
        Map<String, Deal> byId = new HashMap<>();
        for (Deal deal : deals) {
            String id = deal.id();
            if (id != null) {
                byId.putIfAbsent(id, deal);
            }
        }
        return byId;
    }

    private static boolean isOne(@Nullable Integer flag) {
        return flag != null && flag == 1;
    }
}
