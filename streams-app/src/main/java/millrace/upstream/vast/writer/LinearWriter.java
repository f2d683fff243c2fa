package millrace.upstream.vast.writer;

import java.time.Duration;
import java.util.List;
import millrace.upstream.vast.document.CaptionFile;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.InteractiveFile;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.Mezzanine;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.VideoClicks;

/** Writes one Linear in the order of the schema. */
final class LinearWriter {
    private final Markup xml;
    private final VastVersion version;
    private final Beacons beacons;
    private final CreativeWriter creative;

    LinearWriter(Markup xml, VastVersion version, Beacons beacons, CreativeWriter creative) {
        this.xml = xml;
        this.version = version;
        this.beacons = beacons;
        this.creative = creative;
    }

    void write(Linear linear) {
        xml.open("Linear").attribute("skipoffset", Written.offset(linear.skipOffset()));
        icons(linear.icons());
        creative.tracking(linear.tracking(), beacons);
        linear.parameters().ifPresent(creative::parameters);
        xml.element("Duration", Written.time(linear.duration().orElse(Duration.ZERO)));
        media(linear);
        clicks(linear.clicks());
        xml.close("Linear");
    }

    /** The schemas before 4.2 have room for one. */
    private void icons(List<Icon> icons) {
        if (icons.isEmpty()) {
            return;
        }
        xml.open("Icons");
        icons.stream()
                .limit(version.isAtLeast(VastVersion.V4_2) ? icons.size() : 1)
                .forEach(this::icon);
        xml.close("Icons");
    }

    private void icon(Icon icon) {
        xml.open("Icon")
                .attribute("program", icon.program())
                .attribute("width", icon.width())
                .attribute("height", icon.height())
                .attribute("xPosition", Written.position(icon.xPosition(), "left", "right"))
                .attribute("yPosition", Written.position(icon.yPosition(), "top", "bottom"))
                .attribute("duration", Written.time(icon.duration()))
                .attribute("offset", Written.time(icon.offset()))
                .attribute("apiFramework", icon.apiFramework())
                .attribute("pxratio", Written.decimal(icon.pxRatio()));
        if (version == VastVersion.V4_3) {
            xml.attribute("altText", icon.altText()).attribute("hoverText", icon.hoverText());
        }
        creative.resources(icon.resources());
        icon.clicks().ifPresent(this::iconClicks);
        icon.views().forEach(url -> xml.calling("IconViewTracking", url));
        xml.close("Icon");
    }

    private void iconClicks(Icon.Clicks clicks) {
        xml.open("IconClicks");
        if (version.isAtLeast(VastVersion.V4_2) && !clicks.fallbacks().isEmpty()) {
            xml.open("IconClickFallbackImages");
            clicks.fallbacks().forEach(this::fallback);
            xml.close("IconClickFallbackImages");
        }
        xml.element("IconClickThrough", clicks.through());
        creative.links("IconClickTracking", clicks.tracking());
        xml.close("IconClicks");
    }

    private void fallback(Icon.FallbackImage image) {
        xml.open("IconClickFallbackImage").attribute("width", image.width()).attribute("height", image.height());
        xml.element("AltText", image.altText());
        image.resources().stream()
                .filter(Resource.Static.class::isInstance)
                .map(Resource.Static.class::cast)
                .limit(1)
                .forEach(file -> xml.element("StaticResource", file.url()));
        xml.close("IconClickFallbackImage");
    }

    private void media(Linear linear) {
        xml.open("MediaFiles");
        if (version.isAtLeast(VastVersion.V4_1) && !linear.captions().isEmpty()) {
            xml.open("ClosedCaptionFiles");
            linear.captions().forEach(this::caption);
            xml.close("ClosedCaptionFiles");
        }
        linear.media().forEach(this::file);
        mezzanines(linear.mezzanines());
        linear.interactive().forEach(this::interactive);
        xml.close("MediaFiles");
    }

    private void caption(CaptionFile caption) {
        xml.open("ClosedCaptionFile")
                .attribute("type", caption.type())
                .attribute("language", caption.language())
                .text("ClosedCaptionFile", caption.url());
    }

    private void file(MediaFile file) {
        xml.open("MediaFile")
                .attribute("id", file.id())
                .required("delivery", Written.delivery(file.delivery(), file.type()))
                .required("type", file.type())
                .required("width", file.width().orElse(0).toString())
                .required("height", file.height().orElse(0).toString())
                .attribute("codec", file.codec())
                .attribute("bitrate", file.bitrate())
                .attribute("minBitrate", file.minBitrate())
                .attribute("maxBitrate", file.maxBitrate())
                .attribute("scalable", file.scalable())
                .attribute("maintainAspectRatio", file.maintainAspectRatio());
        if (version.isAtLeast(VastVersion.V4_1)) {
            xml.attribute("fileSize", file.fileSize()).attribute("mediaType", file.mediaType());
        }
        xml.attribute("apiFramework", file.apiFramework()).text("MediaFile", file.url());
    }

    /** A bare URL in 4.0, and one of them. */
    private void mezzanines(List<Mezzanine> mezzanines) {
        if (version == VastVersion.V4_0) {
            mezzanines.stream().limit(1).forEach(file -> xml.element("Mezzanine", file.url()));
            return;
        }
        for (Mezzanine file : mezzanines) {
            xml.open("Mezzanine")
                    .attribute("id", file.id())
                    .required("delivery", Written.delivery(file.delivery(), file.type()))
                    .required("type", file.type())
                    .required("width", file.width().orElse(0).toString())
                    .required("height", file.height().orElse(0).toString())
                    .attribute("codec", file.codec())
                    .attribute("fileSize", file.fileSize())
                    .attribute("mediaType", file.mediaType())
                    .text("Mezzanine", file.url());
        }
    }

    private void interactive(InteractiveFile file) {
        xml.open("InteractiveCreativeFile")
                .attribute("type", file.type())
                .attribute("apiFramework", file.apiFramework());
        if (version.isAtLeast(VastVersion.V4_1)) {
            xml.attribute("variableDuration", file.variableDuration());
        }
        xml.text("InteractiveCreativeFile", file.url());
    }

    private void clicks(VideoClicks clicks) {
        if (clicks.equals(VideoClicks.NONE) && beacons.base().isEmpty()) {
            return;
        }
        xml.open("VideoClicks");
        creative.links("ClickTracking", clicks.tracking());
        beacons.base()
                .ifPresent(base -> xml.open("ClickTracking")
                        .attribute("id", "millrace")
                        .beacon("ClickTracking", base, Beacons.CLICK));
        // Behind the others before 4.2, between them since.
        if (version.isAtLeast(VastVersion.V4_2)) {
            creative.links("ClickThrough", clicks.through().stream().toList());
        }
        creative.links("CustomClick", clicks.custom());
        if (!version.isAtLeast(VastVersion.V4_2)) {
            creative.links("ClickThrough", clicks.through().stream().toList());
        }
        xml.close("VideoClicks");
    }
}
