package millrace.upstream.vast.document;

import java.util.Optional;

/** A file of production quality, to transcode from and never to play (VAST 4.3, 3.9.2); fields as in {@link MediaFile}. */
public record Mezzanine(
        String id,
        String url,
        String delivery,
        String type,
        Optional<Integer> width,
        Optional<Integer> height,
        String codec,
        Optional<Long> fileSize,
        String mediaType) {}
