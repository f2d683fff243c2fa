package millrace.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.delivery.Reservation;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.schemas.SlotAnswer;
import millrace.session.Fingerprint;
import millrace.upstream.http.Url;
import millrace.upstream.openrtb.auction.AuctionResult;
import millrace.upstream.openrtb.auction.Loser;
import millrace.upstream.openrtb.auction.LossReason;
import millrace.upstream.openrtb.auction.Winner;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.notice.BillingNotice;
import millrace.upstream.openrtb.notice.MacroPlace;
import millrace.upstream.openrtb.notice.MacroValues;
import millrace.upstream.openrtb.notice.Macros;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What bidders are owed to be told: that they won, that they lost and why, that they are billed. Each is a record whose id is made of the request, the slot and the
 * bid, so that a replay writes the same one; the notifier calls.
 */
final class BidNotices {
    /** Who sends more bids than this does not learn of each that it lost. */
    private static final int MOST_LOSSES = 200;
    /** A billing URL waits in the reservation, which must stay small. */
    private static final int MOST_CHARACTERS = 8_192;

    private static final int ID_CHARACTERS = 64;

    private final Exits exits;
    private final DecisionMeters meters;

    BidNotices(Exits exits, DecisionMeters meters) {
        this.exits = exits;
        this.meters = meters;
    }

    /** A bid is served. One whose markup the call of nurl brought has been told by that call. */
    void won(InFlight flight, SlotRun run, Winner winner, Instant now) {
        meters.bid(LossReason.WON);
        if (hasMarkup(winner.bid())) {
            MacroValues values = values(flight, winner);
            url(winner.bid().nurl(), MacroPlace.NURL, values)
                    .ifPresent(url -> record(flight, run, NoticeKind.WIN, winner, url, now));
        }
    }

    /** A display ad that is billed when it wins. */
    void billedAtOnce(InFlight flight, SlotRun run, Winner winner, Instant now) {
        billing(flight, winner)
                .ifPresent(notice -> record(flight, run, NoticeKind.BILLING, winner, notice.shownAt(now), now));
    }

    /** The URL that is owed once the ad is shown. */
    Optional<BillingNotice> billing(InFlight flight, Winner winner) {
        return Optional.ofNullable(winner.bid().burl())
                .filter(url -> url.length() <= MOST_CHARACTERS)
                .map(url -> BillingNotice.of(url, values(flight, winner)))
                .filter(notice -> isAddress(notice.text()));
    }

    /** An ad of a bid was shown in time. The id is the reservation's, which is settled once. */
    void billed(Reservation reservation, String token, Instant shownAt, Instant now, Headers trace) {
        reservation
                .bid()
                .ifPresent(bid -> bid.billing()
                        .ifPresent(url -> exits.notice(
                                Notice.newBuilder()
                                        .setId(reservation.requestId() + "/" + reservation.slot() + "/billing/" + token)
                                        .setKind(NoticeKind.BILLING)
                                        .setUrl(new BillingNotice(url).shownAt(shownAt))
                                        .setRequestId(reservation.requestId())
                                        .setSlotId(reservation.slot())
                                        .setCampaign(reservation.campaign().orElse(null))
                                        .setUpstream(reservation.upstream().orElse(null))
                                        .setAt(now.toEpochMilli())
                                        .build(),
                                trace)));
    }

    /** A slot is decided: every other bid for it has lost. */
    void lost(InFlight flight, SlotRun run, Bidding bidding, AuctionResult result, Instant now) {
        List<Loser> losers = losers(run, bidding, result);
        losers.forEach(loser -> meters.bid(loser.reason()));
        lost(flight, run, losses(flight, run, losers), now);
    }

    /** The same of losses that an earlier life left behind. */
    void lost(InFlight flight, SlotRun run, List<Loss> losses, Instant now) {
        losses.forEach(loss -> record(
                flight, run, NoticeKind.LOSS, loss.id(), loss.bidder(), loss.url(), Integer.valueOf(loss.code()), now));
    }

    /** Everybody who would have lost if nothing more became of the slot. */
    List<Loss> losses(InFlight flight, SlotRun run, Bidding bidding, AuctionResult result) {
        return losses(flight, run, losers(run, bidding, result));
    }

    private static List<Loser> losers(SlotRun run, Bidding bidding, AuctionResult result) {
        List<Loser> losers = new ArrayList<>();
        for (Loser loser : result.losers()) {
            if (isFor(bidding, loser.bid(), run) && !bidding.isServed(loser.bid())) {
                losers.add(loser);
            }
        }
        for (Winner winner : result.winners()) {
            if (isFor(bidding, winner.bid(), run) && !bidding.isServed(winner.bid())) {
                losers.add(outdone(winner, run));
            }
        }
        return losers;
    }

    private static List<Loss> losses(InFlight flight, SlotRun run, List<Loser> losers) {
        String requestId = flight.bidding.orElseThrow().requestId();
        Set<String> told = new HashSet<>();
        List<Loss> losses = new ArrayList<>();
        for (Loser loser : losers) {
            url(loser.bid().lurl(), MacroPlace.LURL, MacroValues.of(requestId, loser))
                    .ifPresent(url -> {
                        String id = id(flight, run, NoticeKind.LOSS, loser.bidder(), loser.bid());
                        if (losses.size() < MOST_LOSSES && told.add(id)) {
                            losses.add(new Loss(
                                    id, loser.bidder(), url, loser.reason().code()));
                        }
                    });
        }
        return losses;
    }

    /** It won among the bids, and somebody else has the slot, or nobody: then the time was over. */
    private static Loser outdone(Winner winner, SlotRun run) {
        boolean isFilled = run.progress instanceof SlotRun.Decided(SlotAnswer answer)
                && !answer.getAds().isEmpty()
                && !answer.getAds().getFirst().getHouse();
        LossReason reason = isFilled ? LossReason.LOST_TO_HIGHER_BID : LossReason.EXPIRED;
        return new Loser(
                winner.bidder(),
                winner.seat(),
                winner.response(),
                winner.bid(),
                reason,
                isFilled ? "a campaign of the same or a higher tier has the slot" : "the time was over",
                Optional.empty());
    }

    private void record(InFlight flight, SlotRun run, NoticeKind kind, Winner winner, String url, Instant now) {
        record(
                flight,
                run,
                kind,
                id(flight, run, kind, winner.bidder(), winner.bid()),
                winner.bidder(),
                url,
                null,
                now);
    }

    private void record(
            InFlight flight,
            SlotRun run,
            NoticeKind kind,
            String id,
            String bidder,
            String url,
            @Nullable Integer code,
            Instant now) {
        run.notices++;
        exits.notice(
                Notice.newBuilder()
                        .setId(id)
                        .setKind(kind)
                        .setUrl(url)
                        .setRequestId(flight.asked.request().getId())
                        .setSlotId(run.slot.getId())
                        .setUpstream(bidder)
                        .setCode(code)
                        .setAt(now.toEpochMilli())
                        .build(),
                flight.trace);
    }

    private static String id(InFlight flight, SlotRun run, NoticeKind kind, String bidder, Bid bid) {
        String id = bid.id() == null ? "" : bid.id();
        String short64 =
                id.length() <= ID_CHARACTERS ? id : Fingerprint.EMPTY.with(id).hex();
        return flight.asked.request().getId() + "/" + run.slot.getId() + "/"
                + switch (kind) {
                    case WIN -> "win";
                    case LOSS -> "loss";
                    case BILLING -> "billing";
                    case ERROR, NOT_USED, OTHER -> throw new IllegalArgumentException("no notice of a bid: " + kind);
                }
                + "/" + bidder + "/" + short64;
    }

    static MacroValues values(InFlight flight, Winner winner) {
        return MacroValues.of(flight.bidding.orElseThrow().requestId(), winner);
    }

    static boolean hasMarkup(Bid bid) {
        return bid.adm() != null && !bid.adm().isBlank();
    }

    private static boolean isFor(Bidding bidding, Bid bid, SlotRun run) {
        return bidding.slot(bid).filter(run.slot.getId()::equals).isPresent();
    }

    /** Filled, when it is an address that can be called. */
    static Optional<String> url(@Nullable String url, MacroPlace place, MacroValues values) {
        return Optional.ofNullable(url)
                .filter(text -> text.length() <= MOST_CHARACTERS)
                .map(text -> Macros.fill(text, place, values))
                .filter(BidNotices::isAddress);
    }

    private static boolean isAddress(String text) {
        try {
            Url.parse(text);
            return true;
        } catch (Url.Refusal e) {
            return false;
        }
    }
}
