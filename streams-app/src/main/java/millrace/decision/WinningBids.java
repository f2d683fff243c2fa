package millrace.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.budget.BudgetVerdict;
import millrace.caps.CapVerdict;
import millrace.decision.RoomTimes.Room;
import millrace.decision.SlotRun.AwaitingGrant;
import millrace.decision.SlotRun.Decided;
import millrace.decision.SlotRun.Unwrapping;
import millrace.delivery.Material;
import millrace.upstream.AdStart;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamCall;
import millrace.upstream.openrtb.auction.LossReason;
import millrace.upstream.openrtb.auction.Refusal;
import millrace.upstream.openrtb.auction.Winner;

/**
 * What becomes of a bid that is next for a slot: its markup is followed to an ad, caps and budget are checked for the last time, and it is served. One that fails on
 * the way loses for that reason, and the auction is held again without it. Remembers nothing: {@link Bidding} is the request's.
 */
final class WinningBids {
    /** Of losses in an entry of the journal, of all slots together: a record has a megabyte. */
    private static final int OWED_CHARACTERS = 100_000;

    private final DecisionSettings settings;
    private final Rooms rooms;
    private final Serving serving;
    private final Calls calls;
    private final Auctions auctions;

    WinningBids(DecisionSettings settings, Rooms rooms, Serving serving, Calls calls, Auctions auctions) {
        this.settings = settings;
        this.rooms = rooms;
        this.serving = serving;
        this.calls = calls;
        this.auctions = auctions;
    }

    /**
     * Its markup is shown as it is, or is a document that is followed to its ad.
     *
     * @return the ad, when it is at hand; else the slot waits for it, or the bid has lost
     */
    Optional<Material> unwrap(InFlight flight, SlotRun run, Winner bid, Instant now) {
        Bidding bidding = flight.bidding.orElseThrow();
        bidding.take(bid.bid());
        switch (BidMarkup.of(bid, BidNotices.values(flight, bid))) {
            case BidMarkup.AsItIs(String markup) -> {
                BidSubject said = BidSubject.of(bid, rooms.catalog());
                return Optional.of(Material.ofBid(said.creative(), said.advertiser(), bid.bidder(), markup));
            }
            case BidMarkup.Missing missing ->
                bidding.refuse(bid.bid(), new Refusal(LossReason.MISSING_MARKUP, "no adm, and no nurl to call"));
            case BidMarkup.Elsewhere(AdStart start) -> follow(flight, run, bid, start, now);
        }
        return Optional.empty();
    }

    private void follow(InFlight flight, SlotRun run, Winner bid, AdStart start, Instant now) {
        Bidding bidding = flight.bidding.orElseThrow();
        // Bidders had all the time of upstreams; what their markup needs comes out of our own.
        Duration left =
                Duration.between(now, flight.deadline).minus(settings.margin().dividedBy(2));
        if (!left.isPositive()) {
            bidding.refuse(bid.bid(), new Refusal(LossReason.EXPIRED, "no time is left for its markup"));
            return;
        }
        UpstreamCall call = new UpstreamCall(
                bidding.bidder(bid), flight.context, flight.asked.request(), run.slot, left, flight.fanout, start);
        Unwrapping unwrapping = new Unwrapping(bid);
        run.progress = unwrapping;
        calls.start(rooms.upstream(), call, flight, run, unwrapping);
    }

    /**
     * The markup of a bid has led somewhere.
     *
     * @return the ad; nothing when the bid has lost
     */
    Optional<Material> unwrapped(InFlight flight, SlotRun run, Winner bid, Resolution resolution, Instant now) {
        rooms.sessions().cookies(flight.asked.user(), resolution.cookies(), now);
        serving.notices(flight, run, bid, resolution.errorPings(), now);
        return switch (resolution) {
            case Resolution.Filled filled -> {
                BidSubject said = BidSubject.of(bid, rooms.catalog());
                yield Optional.of(
                        Material.of(filled.ads().getFirst(), bid.bidder()).named(said.creative(), said.advertiser()));
            }
            case Resolution.NoAd(String reason, var cookies, var pings) ->
                refused(flight, bid, "its markup: " + reason);
            case Resolution.Failed failed ->
                refused(flight, bid, "its markup: " + failed.failure().message());
        };
    }

    private static Optional<Material> refused(InFlight flight, Winner bid, String why) {
        flight.bidding.orElseThrow().refuse(bid.bid(), new Refusal(LossReason.CREATIVE_FILTERED, why));
        return Optional.empty();
    }

    /** The binding check, as that of a campaign's ad. */
    void decide(InFlight flight, SlotRun run, Winner bid, Material ad, Instant now) {
        Bidding bidding = flight.bidding.orElseThrow();
        BidSubject said = BidSubject.of(bid, rooms.catalog());
        if (!ad.hasStorableIds() || !flight.hasRoomFor(ad)) {
            var _ = refused(flight, bid, "it is too large for an answer");
            return;
        }
        CapVerdict caps = flight.caps.check(BidAdmission.rules(said, flight), said.subject(flight.placement), now);
        flight.times.spentIn(Room.CAPS);
        rooms.meters().capVerdict(caps);
        if (!(caps instanceof CapVerdict.Allowed)) {
            bidding.refuse(bid.bid(), new Refusal(LossReason.FREQUENCY_CAP, "a frequency cap is full"));
            return;
        }
        BudgetVerdict money = said.campaign()
                .map(campaign -> rooms.reserve(flight, campaign, bid.clearing(), now))
                .orElse(BudgetVerdict.FREE);
        flight.times.spentIn(Room.BUDGET);
        switch (money) {
            case BudgetVerdict.Reserved reserved -> {
                flight.holds(ad);
                bidding.serve(bid.bid());
                run.served(new Buyer.Bidder(bid), ad, serving.serve(flight, run, said, ad, reserved.day(), now));
            }
            case BudgetVerdict.Waiting waiting -> {
                rooms.meters().grantWait();
                run.progress =
                        new AwaitingGrant(new Buyer.Bidder(bid), said.campaign().orElseThrow(), List.of(ad));
            }
            case BudgetVerdict.Exhausted exhausted ->
                bidding.refuse(bid.bid(), new Refusal(LossReason.BUDGET_EXHAUSTED, "its budget is used up"));
        }
    }

    /** It waited for money that did not come. */
    void unfunded(InFlight flight, Winner bid) {
        flight.bidding
                .orElseThrow()
                .refuse(bid.bid(), new Refusal(LossReason.BUDGET_EXHAUSTED, "no money came in time"));
    }

    /** All who bid for a slot are told with its decision, in one commit; when all are decided, nobody is waited for any more. */
    void tell(InFlight flight, Instant now) {
        flight.runs.forEach(run -> serving.tellOwed(flight, run, now));
        if (flight.bidding.isEmpty()) {
            return;
        }
        if (flight.isDecided()) {
            auctions.close(flight);
        }
        Bidding bidding = flight.bidding.get();
        for (SlotRun run : flight.runs) {
            if (run.progress instanceof Decided && !run.isTold && bidding.isClosed()) {
                serving.tellBidders(flight, run, auctions.result(flight, bidding, now), now);
            }
        }
    }

    /**
     * Who bid for a break that has an ad and is not decided: after a crash it stays as it is, and nobody would know of its bids any more.
     *
     * @return for each slot, in their order; only as much as leaves an entry of the journal small
     */
    List<List<Loss>> losses(InFlight flight, Instant now) {
        List<List<Loss>> all = new ArrayList<>(flight.runs.size());
        int left = OWED_CHARACTERS;
        for (SlotRun run : flight.runs) {
            List<Loss> losses = new ArrayList<>();
            if (run.isBegun() && auctions.isClosed(flight)) {
                Bidding bidding = flight.bidding.orElseThrow();
                for (Loss loss : serving.losses(flight, run, auctions.result(flight, bidding, now))) {
                    left -= loss.id().length() + loss.url().length();
                    if (left < 0) {
                        break;
                    }
                    losses.add(loss);
                }
            }
            all.add(losses);
        }
        return all;
    }
}
