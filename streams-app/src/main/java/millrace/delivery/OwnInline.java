package millrace.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Tracker;
import millrace.upstream.vast.document.AdDefinition;
import millrace.upstream.vast.document.AdHead;
import millrace.upstream.vast.document.AdSystem;
import millrace.upstream.vast.document.Advertiser;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VideoClicks;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.xml.DocumentLimits;

/** A campaign's own creative, or a house ad, as an inline ad: of its media, else of its markup when that is VAST. */
record OwnInline(Creative creative) {
    private static final String SYSTEM = "Millrace";

    Optional<VastAd.InLine> ad() {
        return creative.getMedia().isEmpty() ? ofMarkup() : Optional.of(ofMedia());
    }

    private Optional<VastAd.InLine> ofMarkup() {
        byte[] markup = Optional.ofNullable(creative.getMarkup()).orElse("").getBytes(StandardCharsets.UTF_8);
        return DocumentReader.read(markup, DocumentLimits.defaults()) instanceof VastDocument document
                ? document.ads().stream()
                        .filter(VastAd.InLine.class::isInstance)
                        .map(VastAd.InLine.class::cast)
                        .filter(ad -> !ad.creatives().isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    private VastAd.InLine ofMedia() {
        AdDefinition definition = new AdDefinition(
                new AdSystem(SYSTEM, ""),
                Optional.empty(),
                urls("impression").stream().map(url -> new Link("", url)).toList(),
                urls("error"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(new millrace.upstream.vast.document.Creative(
                        creative.getId(),
                        creative.getId(),
                        Optional.empty(),
                        "",
                        List.of(),
                        List.of(),
                        Optional.of(linear()),
                        Optional.empty(),
                        Optional.empty())));
        return new VastAd.InLine(
                new AdHead(creative.getId(), 0, "", false),
                definition,
                "",
                Optional.ofNullable(creative.getTitle()).orElse(""),
                "",
                Advertiser.UNKNOWN,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    private Linear linear() {
        List<Tracking> events = creative.getTrackers().stream()
                .filter(t -> !List.of("impression", "error", "click").contains(t.getEvent()))
                .map(t -> new Tracking(
                        t.getEvent(), Optional.ofNullable(t.getOffset()).orElse(""), t.getUrl()))
                .toList();
        VideoClicks clicks = new VideoClicks(
                Optional.ofNullable(creative.getClickThrough()).map(url -> new Link("", url)),
                urls("click").stream().map(url -> new Link("", url)).toList(),
                List.of());
        return new Linear(
                "",
                Optional.of(Duration.ofMillis(creative.getDurationMillis())),
                Optional.empty(),
                creative.getMedia().stream().map(OwnInline::file).toList(),
                List.of(),
                List.of(),
                List.of(),
                events,
                clicks,
                List.of());
    }

    private List<String> urls(String event) {
        return creative.getTrackers().stream()
                .filter(t -> t.getEvent().equals(event))
                .map(Tracker::getUrl)
                .toList();
    }

    private static MediaFile file(Media media) {
        return new MediaFile(
                "",
                media.getUrl(),
                Optional.ofNullable(media.getDelivery()).orElse(""),
                media.getMime(),
                Optional.ofNullable(media.getWidth()),
                Optional.ofNullable(media.getHeight()),
                Optional.ofNullable(media.getBitrateKbps()),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(media.getCodec()).orElse(""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.ofNullable(media.getApiFramework()).orElse(""));
    }
}
