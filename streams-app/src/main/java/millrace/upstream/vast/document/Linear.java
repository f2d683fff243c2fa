package millrace.upstream.vast.document;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Linear element of an ad or of a wrapper (VAST 4.3, 3.8).
 *
 * @param skipOffset when the ad may be skipped, as {@link Offset} reads it; empty when it may not
 * @param duration empty when it is missing or not a time
 * @param parameters for the interactive file (3.8.2)
 * @param media MediaFile elements with a URL, in the order of the document (3.9.1)
 * @param mezzanines sources to transcode from (3.9.2)
 * @param interactive InteractiveCreativeFile, in a wrapper too (3.9.3)
 * @param captions ClosedCaptionFile (3.9.4)
 */
public record Linear(
        String skipOffset,
        Optional<Duration> duration,
        Optional<AdParameters> parameters,
        List<MediaFile> media,
        List<Mezzanine> mezzanines,
        List<InteractiveFile> interactive,
        List<CaptionFile> captions,
        List<Tracking> tracking,
        VideoClicks clicks,
        List<Icon> icons) {
    public Linear {
        media = List.copyOf(media);
        mezzanines = List.copyOf(mezzanines);
        interactive = List.copyOf(interactive);
        captions = List.copyOf(captions);
        tracking = List.copyOf(tracking);
        icons = List.copyOf(icons);
    }

    /** The same with other media files. */
    public Linear withMedia(List<MediaFile> files) {
        return new Linear(
                skipOffset, duration, parameters, files, mezzanines, interactive, captions, tracking, clicks, icons);
    }
}
