package millrace.upstream.vast;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.Media;
import millrace.upstream.ErrorPing;
import millrace.upstream.ResolvedAd;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.UniversalAdId;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.writer.AdMarkup;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;

/**
 * How merged ads leave the room: as fields, as the document that the request wants, and with the calls that are owed when they
 * are not shown.
 *
 * @param fills whether macros that are settled are put into trackers
 */
record Shape(RequestMacros macros, AnswerMarkup markup, VastVersion version, Beacons beacons, boolean fills) {
    /** Longest creative id that is made of a media URL. */
    private static final int MAX_ID = 256;
    /** Most calls that one unused ad is owed. */
    private static final int MAX_CALLS = 50;

    private static final String NOT_USED = "notUsed";

    ResolvedAd of(MergedAd merged) {
        VastAd.InLine ad = merged.ad();
        AdMacros known = new AdMacros(macros, merged);
        Macros settled = known.settled();
        UnaryOperator<String> filling = fills ? settled::expand : UnaryOperator.identity();
        return new ResolvedAd(
                creativeId(merged),
                ad.sequence(),
                text(ad.advertiser().name()),
                text(ad.id()),
                text(ad.title()),
                merged.linear().duration(),
                markup == AnswerMarkup.SOURCE ? text(ad.markup()) : Optional.empty(),
                document(ad, filling),
                merged.linear().media().stream().map(Shape::media).toList(),
                merged.linear().clicks().through().map(Link::url),
                Trackers.of(merged, filling),
                ad.categoryCodes(),
                unserved(merged, known));
    }

    private Optional<AdMarkup> document(VastAd.InLine ad, UnaryOperator<String> filling) {
        return switch (markup) {
            case VAST, VMAP -> Optional.of(AdMarkup.of(ad, version, beacons, filling));
            case SOURCE, NONE -> Optional.empty();
        };
    }

    private static ResolvedAd.Unserved unserved(MergedAd merged, AdMacros known) {
        List<String> notUsed = merged.linear().tracking().stream()
                .filter(t -> t.event().equals(NOT_USED))
                .map(Tracking::url)
                .limit(MAX_CALLS)
                .map(known::expand)
                .filter(url -> url.length() <= Url.MAX_LENGTH)
                .toList();
        Macros coded = known.withErrorCode(VastCode.BREAK_SHORTENED);
        List<ErrorPing> cut = merged.ad().errors().stream()
                .limit(MAX_CALLS)
                .map(coded::expand)
                .filter(url -> url.length() <= Url.MAX_LENGTH)
                .map(url -> new ErrorPing(url, VastCode.BREAK_SHORTENED))
                .toList();
        return new ResolvedAd.Unserved(notUsed, cut);
    }

    private static String creativeId(MergedAd merged) {
        Stream<String> universal = merged.creative().universalIds().stream()
                .filter(UniversalAdId::isKnown)
                .map(UniversalAdId::value);
        return Stream.concat(
                        universal,
                        Stream.of(
                                merged.creative().adId(),
                                merged.creative().id(),
                                merged.ad().id()))
                .filter(id -> !id.isBlank())
                .findFirst()
                .orElseGet(() -> idOfMedia(merged));
    }

    private static String idOfMedia(MergedAd merged) {
        String url = merged.linear().media().getFirst().url();
        return url.substring(0, Math.min(MAX_ID, url.length()));
    }

    private static Media media(MediaFile file) {
        return new Media(
                file.url(),
                file.type(),
                file.width().orElse(null),
                file.height().orElse(null),
                file.bitrateKbps().orElse(null),
                text(file.delivery()).orElse(null),
                text(file.codec()).orElse(null),
                text(file.apiFramework()).orElse(null));
    }

    private static Optional<String> text(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }
}
