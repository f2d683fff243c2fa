package millrace.catalog;

import java.util.Optional;
import millrace.check.Faults;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Tracker;

/** What must be true of an ad that the catalog itself holds. */
final class CreativeRules {
    private static final int MAX_ID = 128;
    private static final int MAX_MARKUP = 65_536;

    private CreativeRules() {}

    static void check(Creative creative, Faults faults) {
        Words words = new Words(faults);
        words.text("id", creative.getId(), MAX_ID);
        words.name("title", creative.getTitle());
        faults.range("durationMillis", creative.getDurationMillis(), 0, Integer.MAX_VALUE);
        Optional.ofNullable(creative.getClickThrough()).ifPresent(url -> words.url("clickThrough", url));
        markup(creative, faults);
        for (int i = 0; i < creative.getMedia().size(); i++) {
            media(creative.getMedia().get(i), faults.in("media", i));
        }
        for (int i = 0; i < creative.getTrackers().size(); i++) {
            tracker(creative.getTrackers().get(i), faults.in("trackers", i));
        }
    }

    private static void markup(Creative creative, Faults faults) {
        String markup = Optional.ofNullable(creative.getMarkup()).orElse("");
        faults.require(
                markup.length() <= MAX_MARKUP,
                "markup",
                "has " + markup.length() + " characters; allowed are " + MAX_MARKUP);
        faults.require(
                !markup.isBlank() || !creative.getMedia().isEmpty(),
                "media",
                "is empty and so is markup; one is needed");
    }

    private static void media(Media media, Faults faults) {
        Words words = new Words(faults);
        words.url("url", media.getUrl());
        words.text("mime", media.getMime(), MAX_ID);
    }

    private static void tracker(Tracker tracker, Faults faults) {
        Words words = new Words(faults);
        words.text("event", tracker.getEvent(), MAX_ID);
        words.url("url", tracker.getUrl());
    }
}
