package millrace.catalog.file;

import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Tracker;

/** An ad that the catalog itself holds. */
final class CreativeEntry {
    private CreativeEntry() {}

    @SuppressWarnings("NullAway") // A field that may be absent is null in a record.
    static Creative read(Entry entry) {
        return Creative.newBuilder()
                .setId(entry.required("id", "id"))
                .setTitle(entry.text("title", "title").orElse(null))
                .setDurationMillis(entry.value("duration", "durationMillis", Scalars::millis)
                        .orElse(0))
                .setMarkup(entry.text("markup", "markup").orElse(null))
                .setMedia(entry.entries("media", "media", CreativeEntry::media))
                .setClickThrough(entry.text("click-through", "clickThrough").orElse(null))
                .setTrackers(entry.entries("trackers", "trackers", CreativeEntry::tracker))
                .build();
    }

    @SuppressWarnings("NullAway") // As above.
    private static Media media(Entry entry) {
        return Media.newBuilder()
                .setUrl(entry.required("url", "url"))
                .setMime(entry.required("mime", "mime"))
                .setWidth(entry.value("width", "width", Scalars::number).orElse(null))
                .setHeight(entry.value("height", "height", Scalars::number).orElse(null))
                .setBitrateKbps(entry.value("bitrate-kbps", "bitrateKbps", Scalars::number)
                        .orElse(null))
                .setDelivery(entry.text("delivery", "delivery").orElse(null))
                .setCodec(entry.text("codec", "codec").orElse(null))
                .setApiFramework(entry.text("api-framework", "apiFramework").orElse(null))
                .build();
    }

    private static Tracker tracker(Entry entry) {
        Tracker.Builder tracker =
                Tracker.newBuilder().setEvent(entry.required("event", "event")).setUrl(entry.required("url", "url"));
        entry.text("offset", "offset").ifPresent(tracker::setOffset);
        return tracker.build();
    }
}
