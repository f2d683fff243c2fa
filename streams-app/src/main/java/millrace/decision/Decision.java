package millrace.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.budget.BudgetVerdict;
import millrace.caps.CapSubject;
import millrace.caps.CapVerdict;
import millrace.caps.Viewer;
import millrace.catalog.Campaign;
import millrace.catalog.CapRule;
import millrace.catalog.Placement;
import millrace.catalog.Supply;
import millrace.decision.RoomTimes.Room;
import millrace.decision.SlotRun.AwaitingBids;
import millrace.decision.SlotRun.AwaitingGrant;
import millrace.decision.SlotRun.Calling;
import millrace.decision.SlotRun.Choosing;
import millrace.decision.SlotRun.Decided;
import millrace.decision.SlotRun.Pausing;
import millrace.decision.SlotRun.Unwrapping;
import millrace.delivery.Material;
import millrace.delivery.Sale;
import millrace.intake.Arrival;
import millrace.schemas.NoFillReason;
import millrace.schemas.Slot;
import millrace.schemas.SlotAnswer;
import millrace.selection.Shortlist;
import millrace.session.Session;
import millrace.session.SessionContext;
import millrace.session.Sessions;
import millrace.session.UserKey;
import millrace.trace.TraceHeaders;
import millrace.upstream.Fanout;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.openrtb.auction.Winner;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The story of one ad request: {@link #begin}, then for each slot {@link #choose}, {@link #resolved} and {@link #decide}, and
 * {@link #finishIfDecided} when all slots are decided.
 *
 * <p>Before an upstream is called, selection drops what cannot win. The binding check comes after its answer, here: every cap rule
 * and the budget, then all are written, or none and the next candidate is tried. One thread owns the user's partition, so
 * nothing can come between check and write.
 *
 * <p>Remembers the requests in flight: in the journal, and here. Safe to repeat: what is written for a request commits with
 * its offset or with its journal entry, and a request that comes back from the journal is decided anew from its record.
 */
final class Decision {
    private final DecisionSettings settings;
    private final Rooms rooms;
    private final Serving serving;
    private final Auctions auctions;
    private final WinningBids bids;
    private final PoolCalls pools;
    private final Later later = new Later();
    private final OpenFlights open = new OpenFlights();
    private final Slots slots = new Slots();

    Decision(DecisionSettings settings, Rooms rooms, Serving serving, Calls calls, Auctions auctions) {
        this.settings = settings;
        this.rooms = rooms;
        this.serving = serving;
        this.auctions = auctions;
        this.pools = new PoolCalls(rooms, calls, later);
        this.bids = new WinningBids(settings, rooms, serving, calls, auctions);
    }

    /** A request arrives. */
    void begin(Arrival.Asked asked, Record<String, ?> record) {
        Instant arrived = Instant.ofEpochMilli(record.timestamp());
        switch (rooms.recent().add(asked.user().value(), asked.request().getId(), arrived, asked.origin())) {
            case NEW -> {}
            case REPEATED -> {
                rooms.meters().duplicate();
                return;
            }
            case REPLAYED -> {
                // The journal has it, or else it was answered, or all that was made of it is lost: one answer too many
                // is better.
                if (open.has(asked.origin())) {
                    return;
                }
            }
        }
        Instant now = rooms.clock().instant();
        rooms.meters().begun();
        RoomTimes times = new RoomTimes(rooms.nanoTime());
        times.waitedForIntake(now.toEpochMilli() - record.timestamp());
        Session session = rooms.sessions().begin(asked.request(), asked.user(), now);
        rooms.meters().session(session.requests() == 1);
        times.spentIn(Room.SESSION);
        InFlight flight = flight(asked, record, session, times, now);
        if (!flight.isInTime(now)) {
            // Decided here and now, so no journal has to know of it. A pipeline that is behind catches up by what this
            // is spared.
            turnDown(flight, NoFillReason.EXPIRED, now);
            return;
        }
        flight.journal = rooms.journal().write(JournalEntry.of(session.id(), asked, record));
        if (flight.journal.isEmpty()) {
            turnDown(flight, NoFillReason.OVERLOADED, now);
        } else {
            takeUp(flight, now);
        }
    }

    /** A request that a door turned away. Answered once like any other; one that is mended and keeps its id is decided. */
    void turnedAway(Arrival.TurnedAway away, Record<String, ?> record) {
        Instant arrived = Instant.ofEpochMilli(record.timestamp());
        switch (rooms.recent().addRefused(record.key(), away.request().getId(), arrived, away.origin())) {
            // Whether what is read once more was answered is not on record: one answer too many is better.
            case NEW, REPLAYED -> serving.refuse(away, record);
            case REPEATED -> rooms.meters().duplicate();
        }
    }

    /**
     * A request comes back from the journal, after a crash or with its partition. What it had served by then stays served.
     *
     * @param decided its slots that were decided
     */
    void resume(Arrival.Asked asked, Record<String, ?> record, Journal.Open entry, List<SlotAnswer> decided) {
        Instant now = rooms.clock().instant();
        rooms.meters().reopened();
        Session session = rooms.sessions()
                .find(asked.user())
                .filter(known -> known.id().equals(entry.entry().sessionId()))
                .orElseGet(() -> rooms.sessions().begin(asked.request(), asked.user(), now));
        InFlight flight = flight(asked, record, session, new RoomTimes(rooms.nanoTime()), now);
        flight.journal = Optional.of(entry);
        flight.goOn(entry.entry().progress(), decided);
        takeUp(flight, now);
    }

    private InFlight flight(
            Arrival.Asked asked, Record<String, ?> record, Session session, RoomTimes times, Instant now) {
        // The door saw it; a placement that went since then shows nothing, not even a house ad.
        Placement placement = rooms.catalog()
                .placement(asked.request().getPlacement())
                .orElseGet(() -> Placement.gone(asked.request().getPlacement()));
        Instant deadline = Deadlines.of(asked.request(), placement, record.timestamp(), settings);
        InFlight flight = new InFlight(
                asked,
                placement,
                context(asked, record, session),
                record.headers(),
                record.timestamp(),
                deadline,
                deadline.minus(settings.margin()),
                new Fanout(settings.documents()),
                rooms.caps().of(viewer(asked.user(), session)),
                times);
        Openness openness = new Openness(rooms, flight.caps, placement, now);
        for (Slot slot : slots.of(asked.request(), placement)) {
            Shortlist list = flight.isInTime(now)
                    ? rooms.selection()
                            .shortlist(asked.request(), slot, placement, now, openness::isFunded, openness::isUncapped)
                    : Shortlist.NOBODY;
            rooms.meters().shortlisted(list.candidates().size());
            flight.runs.add(new SlotRun(slot, list, settings.candidates()));
        }
        times.spentIn(Room.SELECTION);
        return flight;
    }

    private static SessionContext context(Arrival.Asked asked, Record<String, ?> record, Session session) {
        SessionContext context = Sessions.contextFor(
                asked.request(), asked.user(), session, asked.origin(), Instant.ofEpochMilli(record.timestamp()));
        return TraceHeaders.read(record.headers()).map(context::in).orElse(context);
    }

    private void takeUp(InFlight flight, Instant now) {
        open.add(flight);
        rooms.meters().inFlight(1);
        if (!flight.isInTime(now)) {
            turnDown(flight, NoFillReason.EXPIRED, now);
            return;
        }
        for (SlotRun run : flight.runs) {
            choose(flight, run, now);
        }
        finishIfDecided(flight, now);
    }

    /** Goes through the slot's candidates until one is being asked, or has an ad, or none is left. */
    private void choose(InFlight flight, SlotRun run, Instant now) {
        while (run.progress instanceof Choosing) {
            Campaign campaign = run.hasEnough() ? null : run.candidates.peek();
            if (!run.hasEnough() && auctions.isDue(flight, run, campaign)) {
                if (!auctions.isClosed(flight)) {
                    auctions.await(flight, run, now);
                    continue;
                }
                Optional<Winner> bid = auctions.next(flight, run, campaign, now);
                if (bid.isPresent()) {
                    Buyer.Bidder buyer = new Buyer.Bidder(bid.get());
                    bids.unwrap(flight, run, bid.get(), now)
                            .ifPresent(ad -> take(flight, run, buyer, List.of(ad), now));
                    continue;
                }
            }
            if (campaign == null) {
                conclude(flight, run, now);
                continue;
            }
            switch (campaign.supply()) {
                case Supply.Own own -> {
                    run.candidates.remove();
                    foresee(flight, campaign, now);
                    take(flight, run, new Buyer.Line(campaign), ownAds(flight, run, own), now);
                }
                case Supply.Pooled pool -> call(flight, run, campaign, pool, now);
            }
        }
    }

    private void call(InFlight flight, SlotRun run, Campaign campaign, Supply.Pooled pool, Instant now) {
        Duration left = Duration.between(now, flight.lastAsk);
        if (!left.isPositive()) {
            run.candidates.remove();
            run.reason = run.reason == NoFillReason.LEASE_EMPTY ? run.reason : NoFillReason.TIMEOUT;
            return;
        }
        if (pools.ask(flight, run, campaign, pool, now)) {
            foresee(flight, campaign, now);
        } else if (!pools.pause(run, pool, left, now, () -> goOn(flight, run))) {
            // Every upstream of the pool has failed this slot, or none is in the catalog.
            run.candidates.remove();
        }
    }

    private void goOn(InFlight flight, SlotRun run) {
        Instant now = rooms.clock().instant();
        run.progress = new Choosing();
        choose(flight, run, now);
        finishIfDecided(flight, now);
    }

    /** An upstream has answered. */
    void resolved(Completion.Resolved completion) {
        InFlight flight = completion.flight();
        SlotRun run = completion.run();
        Calling calling = completion.calling();
        if (!run.awaits(calling)) {
            return; // It was given up on; its lease is closed.
        }
        Instant now = rooms.clock().instant();
        flight.times.spentIn(Room.UPSTREAM);
        Resolution resolution = completion.resolution();
        rooms.meters().resolved(resolution);
        run.progress = new Choosing();
        rooms.sessions().cookies(flight.asked.user(), resolution.cookies(), now);
        serving.notices(flight, run, calling, resolution.errorPings(), now);
        switch (resolution) {
            case Resolution.Filled filled -> {
                calling.lease().success();
                calling.endOther();
                run.candidates.remove();
                take(flight, run, new Buyer.Line(calling.campaign()), materials(filled, run, calling), now);
            }
            case Resolution.NoAd noAd -> run.hadNothing(calling);
            case Resolution.Failed failed -> run.failed(calling, failed.failure());
        }
        choose(flight, run, now);
        finishIfDecided(flight, now);
    }

    /** A bidder has answered; once all have, their slots go on. */
    void bid(Completion.Bid completion) {
        InFlight flight = completion.flight();
        if (auctions.answered(flight, completion.bidder(), completion.answer())) {
            Instant now = rooms.clock().instant();
            flight.times.spentIn(Room.UPSTREAM);
            afterBids(flight, now);
            finishIfDecided(flight, now);
        }
    }

    private void afterBids(InFlight flight, Instant now) {
        for (SlotRun run : flight.runs) {
            if (run.progress instanceof AwaitingBids) {
                run.progress = new Choosing();
                choose(flight, run, now);
            }
        }
    }

    /** The markup of a bid has led to an ad, or to none. */
    void unwrapped(Completion.Unwrapped completion) {
        InFlight flight = completion.flight();
        SlotRun run = completion.run();
        if (run.progress != completion.unwrapping()) {
            return; // It was given up on.
        }
        Instant now = rooms.clock().instant();
        flight.times.spentIn(Room.UPSTREAM);
        Winner bid = completion.unwrapping().bid();
        run.progress = new Choosing();
        bids.unwrapped(flight, run, bid, completion.resolution(), now)
                .ifPresent(ad -> take(flight, run, new Buyer.Bidder(bid), List.of(ad), now));
        choose(flight, run, now);
        finishIfDecided(flight, now);
    }

    private List<Material> ownAds(InFlight flight, SlotRun run, Supply.Own own) {
        return OwnAds.inTurn(
                own,
                flight.context,
                creative -> rooms.delivery().documents().own(creative, flight.asked.request(), run.slot));
    }

    /** Ads are there: one of them for a slot, all that fit for a break. */
    private void take(InFlight flight, SlotRun run, Buyer buyer, List<Material> ads, Instant now) {
        run.pod.ifPresentOrElse(pod -> pod.offer(buyer, ads), () -> decide(flight, run, buyer, ads, now));
    }

    /** Nobody else is asked: what is offered for a break is decided; what is left empty is the house ad's. */
    private void conclude(InFlight flight, SlotRun run, Instant now) {
        if (run.pod.isPresent()) {
            PodFilling pod = run.pod.get();
            while (run.progress instanceof Choosing) {
                Optional<PodFilling.Offer> offer = pod.next();
                if (offer.isEmpty()) {
                    break;
                }
                decide(flight, run, offer.get().buyer(), List.of(offer.get().ad()), now);
            }
            boolean mayGoOn = !run.candidates.isEmpty() || auctions.mayBring(flight, run, now);
            if (!(run.progress instanceof Choosing) || (!pod.isFull() && mayGoOn)) {
                return;
            }
        }
        auctions.reason(flight, run, now)
                .filter(reason -> reason != NoFillReason.NO_AD || run.reason == NoFillReason.NO_CANDIDATE)
                .ifPresent(reason -> run.reason = reason);
        run.progress = new Decided(serving.podOrHouse(flight, run, now));
    }

    /**
     * The binding check: the first of the ads that every cap allows is paid from the lease and served. Leaves the slot
     * decided, waiting for a grant, or choosing again.
     */
    private void decide(InFlight flight, SlotRun run, Buyer buyer, List<Material> ads, Instant now) {
        switch (buyer) {
            case Buyer.Line(Campaign campaign) -> decide(flight, run, campaign, ads, now);
            case Buyer.Bidder(Winner bid) -> bids.decide(flight, run, bid, ads.getFirst(), now);
        }
    }

    private void decide(InFlight flight, SlotRun run, Campaign ranked, List<Material> ads, Instant now) {
        Optional<Campaign> current = rooms.catalog().campaign(ranked.id()).filter(known -> runs(known, now));
        if (current.isEmpty()) {
            run.reason = NoFillReason.NO_CANDIDATE;
            return;
        }
        Campaign campaign = current.get();
        List<CapRule> rules = Openness.rules(campaign, flight.placement);
        for (Material ad : ads) {
            if (!ad.hasStorableIds() || !flight.hasRoomFor(ad)) {
                run.reason = NoFillReason.UPSTREAM_ERROR;
                continue;
            }
            CapSubject subject = subject(campaign, flight.placement, ad);
            CapVerdict caps = flight.caps.check(rules, subject, now);
            flight.times.spentIn(Room.CAPS);
            rooms.meters().capVerdict(caps);
            if (!(caps instanceof CapVerdict.Allowed)) {
                run.reason = NoFillReason.CAPPED;
                continue;
            }
            BudgetVerdict money = rooms.reserve(flight, campaign, campaign.price(), now);
            flight.times.spentIn(Room.BUDGET);
            switch (money) {
                case BudgetVerdict.Reserved reserved -> {
                    flight.holds(ad);
                    Sale sale = Sale.to(campaign);
                    run.served(
                            new Buyer.Line(campaign),
                            ad,
                            serving.serve(flight, run, sale, subject, ad, reserved.day(), now));
                }
                case BudgetVerdict.Waiting waiting -> {
                    rooms.meters().grantWait();
                    run.progress = new AwaitingGrant(new Buyer.Line(campaign), campaign, ads);
                }
                case BudgetVerdict.Exhausted exhausted -> run.reason = NoFillReason.BUDGET;
            }
            return;
        }
    }

    private static Viewer viewer(UserKey user, Session session) {
        return user.isNobody() ? Viewer.nobody() : new Viewer(user.value(), session.fingerprint(), session.startedAt());
    }

    private static List<Material> materials(Resolution.Filled filled, SlotRun run, Calling calling) {
        String upstream = calling.lease().upstream().id();
        List<Material> materials = new ArrayList<>(filled.ads().size());
        for (ResolvedAd ad : filled.ads()) {
            Material material = Material.of(ad, upstream);
            materials.add(material);
            run.brings(new SlotRun.Brought(calling, ad, material));
        }
        return materials;
    }

    private static CapSubject subject(Campaign campaign, Placement placement, Material ad) {
        return new CapSubject(
                campaign.id(),
                ad.creative(),
                ad.advertiser().orElse(campaign.advertiser()),
                placement.id(),
                ad.upstream().orElse(""));
    }

    /** It may have been paused or changed while its upstream was asked; what the catalog says now counts. */
    static boolean runs(Campaign campaign, Instant now) {
        return campaign.active()
                && campaign.flightStart().map(start -> !now.isBefore(start)).orElse(true)
                && campaign.flightEnd().map(now::isBefore).orElse(true);
    }

    /** A test costs nothing, so it is no demand either. */
    private void foresee(InFlight flight, Campaign campaign, Instant now) {
        if (!flight.asked.request().getTest()) {
            rooms.budgets().foresee(campaign, now);
        }
    }

    /** Money has come for a campaign, or will not: whoever waits for it goes through every check again. */
    void granted(String campaign) {
        Instant now = rooms.clock().instant();
        for (InFlight flight : open.all()) {
            for (SlotRun run : flight.runs) {
                if (run.progress instanceof AwaitingGrant waiting
                        && waiting.campaign().id().equals(campaign)) {
                    flight.times.spentIn(Room.BUDGET);
                    run.progress = new Choosing();
                    decide(flight, run, waiting.buyer(), waiting.ads(), now);
                    choose(flight, run, now);
                }
            }
            finishIfDecided(flight, now);
        }
    }

    /** Takes the next steps whose time has come. */
    void takeNextSteps() {
        later.runDue(rooms.clock().instant());
    }

    /** Ends what is past its deadline: who waits for money goes on without, whoever is still calling is given up on. */
    void endOverdue() {
        Instant now = rooms.clock().instant();
        if (!open.hasOneDueBy(now)) {
            return;
        }
        for (InFlight flight : open.all()) {
            if (now.isBefore(flight.lastAsk)) {
                continue;
            }
            boolean isOver = !now.isBefore(flight.deadline);
            auctions.close(flight);
            afterBids(flight, now);
            for (SlotRun run : flight.runs) {
                switch (run.progress) {
                    case AwaitingGrant waiting -> goOnWithout(flight, run, waiting, now);
                    case Calling calling when !isOver -> {}
                    case Calling calling -> {
                        calling.cancel();
                        rooms.meters().gaveUp();
                        giveUp(flight, run, NoFillReason.TIMEOUT, now);
                    }
                    case Unwrapping unwrapping when !isOver -> {}
                    case Unwrapping unwrapping -> {
                        unwrapping.cancel();
                        giveUp(flight, run, NoFillReason.TIMEOUT, now);
                    }
                    case Pausing pausing when !isOver -> {}
                    case Pausing pausing -> giveUp(flight, run, run.reason, now);
                    case AwaitingBids awaiting -> {}
                    case Choosing choosing -> {}
                    case Decided decided -> {}
                }
            }
            finishIfDecided(flight, now);
        }
    }

    /** No money came in time, so the next candidate that needs nobody else may serve. */
    private void goOnWithout(InFlight flight, SlotRun run, AwaitingGrant waiting, Instant now) {
        rooms.meters().leaseEmpty();
        if (waiting.buyer() instanceof Buyer.Bidder(Winner bid)) {
            bids.unfunded(flight, bid);
        }
        run.reason = NoFillReason.LEASE_EMPTY;
        run.progress = new Choosing();
        choose(flight, run, now);
    }

    /** Nobody is asked any more, and nobody pays for an answer that comes too late or in a rush: what is left is the house ad. */
    private void giveUp(InFlight flight, SlotRun run, NoFillReason reason, Instant now) {
        run.reason = reason;
        run.isOver = true;
        run.candidates.clear();
        run.pod.ifPresent(PodFilling::withdraw);
        run.progress = new Choosing();
        choose(flight, run, now);
    }

    private void turnDown(InFlight flight, NoFillReason reason, Instant now) {
        for (SlotRun run : flight.runs) {
            if (!(run.progress instanceof Decided)) {
                giveUp(flight, run, reason, now);
            }
        }
        finishIfDecided(flight, now);
    }

    private void finishIfDecided(InFlight flight, Instant now) {
        if (flight.isAnswered) {
            return;
        }
        bids.tell(flight, now);
        if (!flight.isDecided()) {
            flight.journal.ifPresent(entry -> note(flight, entry, now));
            return;
        }
        flight.isAnswered = true;
        flight.runs.forEach(run -> serving.unused(flight, run, now));
        serving.answer(flight, now);
        flight.journal.ifPresent(entry -> rooms.journal().free(entry.number()));
        if (open.remove(flight)) {
            rooms.meters().inFlight(-1);
        }
    }

    /** Ads of a slot may be committed long before those of the next one are decided; a later life takes them as they are. */
    private void note(InFlight flight, Journal.Open entry, Instant now) {
        int steps = flight.steps();
        if (steps > flight.stepsInJournal) {
            flight.stepsInJournal = steps;
            rooms.journal()
                    .update(entry.number(), entry.entry().with(serving.progress(flight, bids.losses(flight, now))));
        }
    }

    /** The node ends, after its last commit: calls are cancelled, the journal knows the rest. */
    void abandon() {
        for (InFlight flight : open.all()) {
            for (SlotRun run : flight.runs) {
                switch (run.progress) {
                    case Calling calling -> calling.cancel();
                    case Unwrapping unwrapping -> unwrapping.cancel();
                    case Pausing pausing -> {}
                    case AwaitingBids awaiting -> {}
                    case AwaitingGrant waiting -> {}
                    case Choosing choosing -> {}
                    case Decided decided -> {}
                }
            }
            flight.bidding.ifPresent(Bidding::close);
            rooms.meters().inFlight(-1);
        }
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }
}
