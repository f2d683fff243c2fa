package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import millrace.schemas.Tracker;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.ViewableImpression;

/** The trackers of an ad as an answer's record carries them, outer wrapper first within each event. */
final class Trackers {
    private final UnaryOperator<String> macros;
    private final List<Tracker> all = new ArrayList<>();

    private Trackers(UnaryOperator<String> macros) {
        this.macros = macros;
    }

    /** @param macros puts in what is known already */
    static List<Tracker> of(MergedAd merged, UnaryOperator<String> macros) {
        Trackers trackers = new Trackers(macros);
        Linear linear = merged.linear();
        merged.ad().impressions().forEach(link -> trackers.add("impression", link.url()));
        merged.ad().errors().forEach(url -> trackers.add("error", url));
        merged.ad().definition().viewable().ifPresent(trackers::viewable);
        linear.tracking().forEach(trackers::add);
        linear.clicks().tracking().forEach(link -> trackers.add("click", link.url()));
        linear.clicks().custom().forEach(link -> trackers.add("customClick", link.url()));
        linear.icons().forEach(trackers::icon);
        return trackers.all;
    }

    private void viewable(ViewableImpression viewable) {
        viewable.viewable().forEach(url -> add("viewable", url));
        viewable.notViewable().forEach(url -> add("notViewable", url));
        viewable.undetermined().forEach(url -> add("viewUndetermined", url));
    }

    private void icon(Icon icon) {
        icon.views().forEach(url -> add("iconView", url));
        icon.clicks().ifPresent(clicks -> clicks.tracking().forEach(link -> add("iconClick", link.url())));
    }

    private void add(Tracking tracking) {
        all.add(new Tracker(
                tracking.event(),
                macros.apply(tracking.url()),
                tracking.offset().isEmpty() ? null : tracking.offset()));
    }

    private void add(String event, String url) {
        all.add(new Tracker(event, macros.apply(url), null));
    }
}
