package millrace.upstream.vast.document;

import java.util.List;

/** Ads beside or over the content, and their trackers (VAST 4.3, 3.12). */
public record NonLinearAds(List<Tracking> tracking, List<NonLinear> ads) {
    public NonLinearAds {
        tracking = List.copyOf(tracking);
        ads = List.copyOf(ads);
    }
}
