package millrace.decision;

import java.util.Objects;
import java.util.Optional;
import millrace.upstream.AdStart;
import millrace.upstream.openrtb.auction.Winner;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.notice.MacroPlace;
import millrace.upstream.openrtb.notice.MacroValues;
import millrace.upstream.openrtb.notice.Macros;

/** Where the ad of a bid is: in its {@code adm}, else in what its {@code nurl} returns (OpenRTB 2.6, 4.3). Macros are filled. */
sealed interface BidMarkup {

    /** Here, to be shown as it is. */
    record AsItIs(String markup) implements BidMarkup {}

    /** Behind a call, or a document that may lead to others. */
    record Elsewhere(AdStart start) implements BidMarkup {}

    record Missing() implements BidMarkup {}

    static BidMarkup of(Winner winner, MacroValues values) {
        boolean isVast = switch (winner.markup()) {
            case VIDEO, AUDIO -> true;
            case BANNER, NATIVE -> false;
        };
        Bid bid = winner.bid();
        if (BidNotices.hasMarkup(bid)) {
            String markup = Macros.fill(Objects.requireNonNull(bid.adm()), MacroPlace.ADM, values);
            return isVast ? new Elsewhere(new AdStart.Markup(markup)) : new AsItIs(markup);
        }
        Optional<String> notice = BidNotices.url(bid.nurl(), MacroPlace.NURL, values);
        return notice.<BidMarkup>map(url -> new Elsewhere(new AdStart.WinNotice(url, isVast)))
                .orElseGet(Missing::new);
    }
}
