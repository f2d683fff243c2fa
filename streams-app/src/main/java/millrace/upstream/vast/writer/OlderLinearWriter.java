package millrace.upstream.vast.writer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.InteractiveFile;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.VideoClicks;

/** Writes one Linear as VAST 2.0 or 3.0, in the order of their schemas. */
final class OlderLinearWriter {
    /** An interactive file that those versions know, as a media file. */
    private static final String VPAID = "VPAID";

    private final Markup xml;
    private final VastVersion version;
    private final Beacons beacons;
    private final OlderAdWriter ad;

    OlderLinearWriter(Markup xml, VastVersion version, Beacons beacons, OlderAdWriter ad) {
        this.xml = xml;
        this.version = version;
        this.beacons = beacons;
        this.ad = ad;
    }

    private boolean isThree() {
        return version == VastVersion.V3_0;
    }

    void write(Linear linear, List<Extension> extensions) {
        xml.open("Linear");
        if (isThree()) {
            xml.attribute("skipoffset", Written.offset(linear.skipOffset()));
            icons(linear.icons());
        }
        ad.creativeExtensions(extensions);
        xml.element("Duration", Written.time(linear.duration().orElse(Duration.ZERO)));
        ad.tracking(linear.tracking(), beacons);
        linear.parameters().ifPresent(ad::parameters);
        clicks(linear.clicks());
        media(linear);
        xml.close("Linear");
    }

    private void icons(List<Icon> icons) {
        List<Icon> whole = icons.stream()
                .filter(icon -> icon.width().isPresent() && icon.height().isPresent())
                .toList();
        if (whole.isEmpty()) {
            return;
        }
        xml.open("Icons");
        whole.forEach(this::icon);
        xml.close("Icons");
    }

    private void icon(Icon icon) {
        xml.open("Icon")
                .required("program", icon.program())
                .attribute("width", icon.width())
                .attribute("height", icon.height())
                .required("xPosition", Written.position(icon.xPosition(), "left", "right"))
                .required("yPosition", Written.position(icon.yPosition(), "top", "bottom"))
                .attribute("offset", Written.time(icon.offset()))
                .attribute("duration", Written.time(icon.duration()))
                .attribute("apiFramework", icon.apiFramework());
        ad.resource(icon.resources());
        icon.clicks().ifPresent(clicks -> {
            xml.open("IconClicks");
            clicks.tracking().forEach(link -> xml.calling("IconClickTracking", link.url()));
            xml.element("IconClickThrough", clicks.through());
            xml.close("IconClicks");
        });
        icon.views().forEach(url -> xml.calling("IconViewTracking", url));
        xml.close("Icon");
    }

    private void clicks(VideoClicks clicks) {
        if (clicks.equals(VideoClicks.NONE) && beacons.base().isEmpty()) {
            return;
        }
        xml.open("VideoClicks");
        links("ClickThrough", clicks.through().stream().toList());
        links("ClickTracking", clicks.tracking());
        beacons.base()
                .ifPresent(base -> xml.open("ClickTracking")
                        .attribute("id", "millrace")
                        .beacon("ClickTracking", base, Beacons.CLICK));
        links("CustomClick", clicks.custom());
        xml.close("VideoClicks");
    }

    private void links(String name, List<Link> links) {
        links.forEach(link -> xml.open(name).attribute("id", link.id()).call(name, link.url()));
    }

    private void media(Linear linear) {
        List<InteractiveFile> playable = linear.interactive().stream()
                .filter(file -> file.apiFramework().equalsIgnoreCase(VPAID))
                .toList();
        if (linear.media().isEmpty() && playable.isEmpty()) {
            return;
        }
        xml.open("MediaFiles");
        linear.media().forEach(this::file);
        playable.forEach(file -> interactive(file, linear.media()));
        xml.close("MediaFiles");
    }

    private void file(MediaFile file) {
        xml.open("MediaFile")
                .attribute("id", file.id())
                .required("delivery", Written.delivery(file.delivery(), file.type()))
                .required("type", file.type());
        if (isThree()) {
            xml.attribute("bitrate", file.bitrate())
                    .attribute("minBitrate", file.minBitrate())
                    .attribute("maxBitrate", file.maxBitrate());
        } else {
            xml.attribute("bitrate", file.bitrateKbps());
        }
        size(file.width(), file.height())
                .attribute("scalable", file.scalable())
                .attribute("maintainAspectRatio", file.maintainAspectRatio())
                .attribute("apiFramework", file.apiFramework());
        if (isThree()) {
            xml.attribute("codec", file.codec());
        }
        xml.text("MediaFile", file.url());
    }

    /** As large as the film beside it. */
    private void interactive(InteractiveFile file, List<MediaFile> beside) {
        Optional<MediaFile> film = beside.stream().findFirst();
        xml.open("MediaFile").required("delivery", "progressive").required("type", file.type());
        size(film.flatMap(MediaFile::width), film.flatMap(MediaFile::height))
                .attribute("apiFramework", VPAID)
                .text("MediaFile", file.url());
    }

    private Markup size(Optional<Integer> width, Optional<Integer> height) {
        return xml.required("width", width.orElse(0).toString())
                .required("height", height.orElse(0).toString());
    }
}
