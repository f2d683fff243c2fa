package millrace.upstream.openrtb.check;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import millrace.upstream.openrtb.json.FaultList;
import millrace.upstream.openrtb.json.Place;
import millrace.upstream.openrtb.model.App;
import millrace.upstream.openrtb.model.Audio;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.BidResponse;
import millrace.upstream.openrtb.model.Content;
import millrace.upstream.openrtb.model.Deal;
import millrace.upstream.openrtb.model.Device;
import millrace.upstream.openrtb.model.Geo;
import millrace.upstream.openrtb.model.Imp;
import millrace.upstream.openrtb.model.Qty;
import millrace.upstream.openrtb.model.Site;
import millrace.upstream.openrtb.model.User;
import millrace.upstream.openrtb.model.Video;
import org.jspecify.annotations.Nullable;

/** What attributes of one object ask of each other. */
final class RelationCheck {
    private static final int POLE = 90;
    private static final int DATE_LINE = 180;
    private static final int MEASURED_BY_VENDOR = 1;

    private RelationCheck() {}

    static void check(Object holder, Place place, Strictness strictness, FaultList faults) {
        Pairs pairs = new Pairs(place, faults);
        switch (holder) {
            case BidRequest request -> request(request, pairs);
            case Imp imp ->
                pairs.require(
                        imp.banner() != null || imp.video() != null || imp.audio() != null || imp.nativeAd() != null,
                        "no banner, video, audio or native");
            case Video video -> {
                durations(pairs, video.rqddurs(), video.minduration(), video.maxduration());
                pairs.exclusive("mincpmpersec", video.mincpmpersec(), "durfloors", video.durfloors());
            }
            case Audio audio -> {
                durations(pairs, audio.rqddurs(), audio.minduration(), audio.maxduration());
                pairs.exclusive("mincpmpersec", audio.mincpmpersec(), "durfloors", audio.durfloors());
            }
            case Deal deal -> pairs.exclusive("mincpmpersec", deal.mincpmpersec(), "durfloors", deal.durfloors());
            case Site site -> pairs.exclusive("keywords", site.keywords(), "kwarray", site.kwarray());
            case App app -> pairs.exclusive("keywords", app.keywords(), "kwarray", app.kwarray());
            case User user -> pairs.exclusive("keywords", user.keywords(), "kwarray", user.kwarray());
            case Content content -> {
                pairs.exclusive("keywords", content.keywords(), "kwarray", content.kwarray());
                pairs.exclusive("language", content.language(), "langb", content.langb());
            }
            case Device device -> pairs.exclusive("language", device.language(), "langb", device.langb());
            case Geo geo
            when strictness == Strictness.STRICT -> {
                pairs.requireIn("lat", isWithin(geo.lat(), POLE), "no place is so far north or south");
                pairs.requireIn("lon", isWithin(geo.lon(), DATE_LINE), "no place is so far east or west");
            }
            case Qty qty -> quantity(qty, place, faults);
            case BidResponse response -> {
                if (response.id() == null && Pairs.isThere(response.seatbid())) {
                    faults.addMissing(place.in("id"));
                }
            }
            case Bid bid -> pairs.exclusive("language", bid.language(), "langb", bid.langb());
            default -> {}
        }
    }

    private static void request(BidRequest request, Pairs pairs) {
        pairs.exclusive("wseat", request.wseat(), "bseat", request.bseat());
        pairs.exclusive("acat", request.acat(), "bcat", request.bcat());
        pairs.exclusive("wlang", request.wlang(), "wlangb", request.wlangb());
        int channels =
                (request.site() == null ? 0 : 1) + (request.app() == null ? 0 : 1) + (request.dooh() == null ? 0 : 1);
        pairs.require(channels <= 1, "more than one of site, app, dooh");
        List<Imp> imps = request.imp();
        if (imps != null && imps.size() > 1) {
            Set<String> ids = new HashSet<>();
            pairs.requireIn(
                    "imp", imps.stream().allMatch(imp -> imp.id() == null || ids.add(imp.id())), "duplicate imp id");
        }
    }

    private static void durations(
            Pairs pairs, @Nullable List<Integer> exact, @Nullable Integer least, @Nullable Integer most) {
        pairs.require(
                !Pairs.isThere(exact) || (least == null && most == null), "rqddurs excludes minduration/maxduration");
    }

    /** Coordinates that are no place harm only the targeting of whoever sent them; senders exist, so only a strict check minds. */
    private static boolean isWithin(@Nullable BigDecimal degrees, int most) {
        return degrees == null || degrees.abs().compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static void quantity(Qty qty, Place place, FaultList faults) {
        BigDecimal multiplier = qty.multiplier();
        if (multiplier != null && multiplier.signum() == 0) {
            faults.add(place.in("multiplier"), "is 0; allowed is more than 0");
        }
        Integer source = qty.sourcetype();
        if (source != null && source == MEASURED_BY_VENDOR && !Pairs.isThere(qty.vendor())) {
            faults.addMissing(place.in("vendor"));
        }
    }
}
