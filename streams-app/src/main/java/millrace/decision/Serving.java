package millrace.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.caps.CapSubject;
import millrace.catalog.Campaign;
import millrace.decision.AuctionSettings.DisplayBilling;
import millrace.decision.RoomTimes.Room;
import millrace.decision.SlotRun.Decided;
import millrace.delivery.Answers;
import millrace.delivery.Documents;
import millrace.delivery.Issued;
import millrace.delivery.Material;
import millrace.delivery.Reply;
import millrace.delivery.Reservation;
import millrace.delivery.Sale;
import millrace.delivery.SoldBid;
import millrace.intake.Arrival;
import millrace.intake.ReplyTarget;
import millrace.money.BudgetDay;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.NoFillReason;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.schemas.SlotAnswer;
import millrace.trace.TraceHeaders;
import millrace.upstream.ErrorPing;
import millrace.upstream.openrtb.auction.AuctionResult;
import millrace.upstream.openrtb.auction.MarkupType;
import millrace.upstream.openrtb.auction.Winner;
import millrace.upstream.openrtb.notice.BillingNotice;
import millrace.wire.WireWriter;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what was decided and sends it out: exposure, reservation and served ad of each ad, the answer of each request. Everything
 * that is written here commits with the request's offset or its journal entry, so it is there once.
 */
final class Serving {
    /** Of ISO 3166-1 alpha-3; whatever is longer is no country, and not ours to pass on. */
    private static final int COUNTRY_CHARACTERS = 3;

    private final Rooms rooms;
    private final Exits exits;
    private final WireWriter<AdResponse> parts;
    private final BidNotices notices;
    private final DisplayBilling display;

    /** @param parts writes answers that are not complete, for the journal */
    Serving(Rooms rooms, Exits exits, WireWriter<AdResponse> parts, BidNotices notices, DisplayBilling display) {
        this.rooms = rooms;
        this.exits = exits;
        this.parts = parts;
        this.notices = notices;
        this.display = display;
    }

    /** Every check has passed and the money is taken: the ad is served. */
    Ad serve(
            InFlight flight,
            SlotRun run,
            Sale sale,
            CapSubject subject,
            Material material,
            BudgetDay day,
            Instant now) {
        boolean test = flight.asked.request().getTest();
        Reservation reservation = rooms.delivery()
                .reservation(flight.context, run.slot, flight.placement, sale, day, material, test, now);
        Issued issued = rooms.reservations().open(reservation);
        if (test) {
            flight.caps.shows(subject);
        } else {
            flight.caps.reserve(subject, reservation.servedAt(), issued.token().reservation());
            rooms.meters().served();
        }
        return send(flight, run, reservation, issued, material);
    }

    /** The same of a bid, at what it pays; its bidder is told that it won. */
    Ad serve(InFlight flight, SlotRun run, BidSubject said, Material material, BudgetDay day, Instant now) {
        Winner bid = said.bid();
        boolean atOnce = display == DisplayBilling.WIN && isDisplay(bid.markup());
        boolean test = flight.asked.request().getTest();
        Optional<String> billing =
                atOnce || test ? Optional.empty() : notices.billing(flight, bid).map(BillingNotice::text);
        Sale sale = new Sale(
                said.campaign().map(Campaign::id),
                said.advertiser(),
                bid.clearing(),
                bid.currency(),
                Optional.of(new SoldBid(said.campaignKey(), billing)),
                Optional.ofNullable(bid.bid().exp()).map(Duration::ofSeconds));
        Ad ad = serve(flight, run, sale, said.subject(flight.placement), material, day, now);
        notices.won(flight, run, bid, now);
        if (atOnce && !test) {
            notices.billedAtOnce(flight, run, bid, now);
        }
        return ad;
    }

    private static boolean isDisplay(MarkupType type) {
        return switch (type) {
            case BANNER, NATIVE -> true;
            case VIDEO, AUDIO -> false;
        };
    }

    /** A slot is decided, and those who bid for it are told, once. */
    void tellBidders(InFlight flight, SlotRun run, AuctionResult result, Instant now) {
        run.isTold = true;
        notices.lost(flight, run, flight.bidding.orElseThrow(), result, now);
    }

    /** Who bid for a slot in an earlier life, and could not be told then. */
    void tellOwed(InFlight flight, SlotRun run, Instant now) {
        notices.lost(flight, run, run.owed, now);
        run.owed = List.of();
    }

    /** Who would have lost if nothing more became of a slot. */
    List<Loss> losses(InFlight flight, SlotRun run, AuctionResult result) {
        return notices.losses(flight, run, flight.bidding.orElseThrow(), result);
    }

    /** A break as far as it was filled, else what is left when no campaign could serve. */
    SlotAnswer podOrHouse(InFlight flight, SlotRun run, Instant now) {
        List<Ad> ads = run.pod.map(PodFilling::ads).orElse(List.of());
        if (ads.isEmpty()) {
            return houseOrNothing(flight, run, now);
        }
        rooms.sessions()
                .inPod(flight.asked.user(), ads.size(), run.pod.orElseThrow().mostAds(), now);
        return Answers.filled(run.slot.getId(), ads);
    }

    /** The placement's house ad, or the reason why there is none. */
    private SlotAnswer houseOrNothing(InFlight flight, SlotRun run, Instant now) {
        Optional<Material> house = flight.placement
                .house()
                .map(creative -> rooms.delivery().documents().own(creative, flight.asked.request(), run.slot))
                .filter(flight::hasRoomFor)
                .filter(ad -> run.pod.map(pod -> pod.hasRoomFor(ad)).orElse(true));
        if (house.isEmpty()) {
            rooms.meters().empty(run.reason);
            return Answers.empty(run.slot.getId(), run.reason);
        }
        Material material = house.get();
        flight.holds(material);
        Reservation reservation = rooms.delivery()
                .house(
                        flight.context,
                        run.slot,
                        flight.placement,
                        material,
                        flight.asked.request().getTest(),
                        now);
        rooms.meters().house();
        Ad ad = send(flight, run, reservation, rooms.reservations().open(reservation), material);
        SlotAnswer answer = Answers.filled(run.slot.getId(), List.of(ad));
        return SlotAnswer.newBuilder(answer).setReason(run.reason).build();
    }

    private Ad send(InFlight flight, SlotRun run, Reservation reservation, Issued issued, Material material) {
        exits.served(rooms.delivery().servedAd(reservation, issued, flight.context, country(flight)), flight.trace);
        Optional<Integer> sequence = run.pod.map(pod -> pod.ads().size() + 1);
        AdRequest request = flight.asked.request();
        Optional<String> element = rooms.delivery().documents().element(material, issued, request, run.slot, sequence);
        element.ifPresent(run.elements::add);
        Ad ad = rooms.delivery().ad(reservation, material, issued, request, run.slot, element, sequence);
        flight.times.spentIn(Room.DELIVERY);
        return ad;
    }

    /** Calls that somebody is owed because an upstream failed; recorded here, fired by the notifier. */
    void notices(InFlight flight, SlotRun run, SlotRun.Calling calling, List<ErrorPing> pings, Instant now) {
        for (ErrorPing ping : pings) {
            notice(flight, run, calling, NoticeKind.ERROR, ping.url(), ping.code(), now);
        }
    }

    /** The same of what the markup of a bid wraps. */
    void notices(InFlight flight, SlotRun run, Winner bid, List<ErrorPing> pings, Instant now) {
        for (ErrorPing ping : pings) {
            notice(flight, run, null, bid.bidder(), NoticeKind.ERROR, ping.url(), ping.code(), now);
        }
    }

    /**
     * What upstreams brought and nobody will see: each ad is told so by its notUsed trackers (VAST 4.3, 3.14.1), and by its Error
     * URLs with 206 when the break was too short for it. Each URL is owed once.
     */
    void unused(InFlight flight, SlotRun run, Instant now) {
        Set<String> told = new HashSet<>();
        for (SlotRun.Brought left : run.unused()) {
            boolean cut = run.pod.map(pod -> pod.wasCut(left.material())).orElse(false);
            if (cut) {
                left.ad().unserved().cut().stream()
                        .filter(ping -> told.add(ping.url()))
                        .forEach(ping ->
                                notice(flight, run, left.calling(), NoticeKind.ERROR, ping.url(), ping.code(), now));
            }
            left.ad().unserved().notUsed().stream()
                    .filter(told::add)
                    .forEach(url -> notice(flight, run, left.calling(), NoticeKind.NOT_USED, url, null, now));
        }
    }

    private void notice(
            InFlight flight,
            SlotRun run,
            SlotRun.Calling calling,
            NoticeKind kind,
            String url,
            @Nullable Integer code,
            Instant now) {
        String campaign = calling.campaign().id();
        notice(flight, run, campaign, calling.lease().upstream().id(), kind, url, code, now);
    }

    private void notice(
            InFlight flight,
            SlotRun run,
            @Nullable String campaign,
            String upstream,
            NoticeKind kind,
            String url,
            @Nullable Integer code,
            Instant now) {
        String request = flight.asked.request().getId();
        exits.notice(
                Notice.newBuilder()
                        .setId(request + "/" + run.slot.getId() + "/" + run.notices++)
                        .setKind(kind)
                        .setUrl(url)
                        .setRequestId(request)
                        .setSlotId(run.slot.getId())
                        .setCampaign(campaign)
                        .setUpstream(upstream)
                        .setCode(code)
                        .setAt(now.toEpochMilli())
                        .build(),
                flight.trace);
    }

    /**
     * What a later life of a request in flight must not do again.
     *
     * @param losses who is to be told in each slot, in their order
     */
    JournalEntry.Progress progress(InFlight flight, List<List<Loss>> losses) {
        List<JournalEntry.OfSlot> slots = new ArrayList<>(flight.runs.size());
        for (int i = 0; i < flight.runs.size(); i++) {
            SlotRun run = flight.runs.get(i);
            slots.add(new JournalEntry.OfSlot(run.notices, run.elements, losses.get(i)));
        }
        List<SlotAnswer> served =
                flight.runs.stream().flatMap(run -> run.soFar().stream()).toList();
        if (served.isEmpty()) {
            return new JournalEntry.Progress(slots, new byte[0]);
        }
        AdResponse part = Answers.decided(
                flight.asked.request(),
                flight.context.sessionId(),
                served,
                flight.deadline,
                0,
                List.of(),
                Optional.empty());
        return new JournalEntry.Progress(slots, parts.write(part));
    }

    void answer(InFlight flight, Instant now) {
        AdRequest request = flight.asked.request();
        Documents documents = rooms.delivery().documents();
        List<SlotAnswer> slots = new ArrayList<>(flight.runs.size());
        List<Documents.Filled> filled = new ArrayList<>(flight.runs.size());
        for (SlotRun run : flight.runs) {
            if (run.progress instanceof Decided(SlotAnswer decided)) {
                Documents.Filled slot = new Documents.Filled(run.slot, run.elements);
                filled.add(slot);
                slots.add(documents
                        .pod(slot, request)
                        .map(pod ->
                                SlotAnswer.newBuilder(decided).setMarkup(pod).build())
                        .orElse(decided));
            }
        }
        flight.times.spentIn(Room.DELIVERY);
        long took = flight.times.totalMicros();
        AdResponse answer = Answers.decided(
                request,
                flight.context.sessionId(),
                slots,
                now,
                took,
                flight.times.list(),
                documents.schedule(filled, request));
        exits.answer(flight.asked.answerKey(), reply(flight.asked.reply(), answer), flight.timestamp, flight.headers);
        rooms.meters().answered(took, flight);
    }

    /** A request that a door turned away: its dead letter is written, here is the answer for whoever waits. */
    void refuse(Arrival.TurnedAway away, Record<String, ?> record) {
        NoFillReason reason = away.error().getCode().equals("unknown_placement")
                ? NoFillReason.UNKNOWN_PLACEMENT
                : NoFillReason.INVALID_REQUEST;
        AdResponse answer = Answers.refused(
                away.request(),
                reason,
                away.error().getCode(),
                away.error().getMessage(),
                rooms.clock().instant(),
                0);
        rooms.meters().sent(away.reply());
        exits.answer(
                record.key(),
                reply(away.reply(), answer),
                record.timestamp(),
                TraceHeaders.cleaned(record.headers(), TraceHeaders.read(record.headers())));
    }

    private static Reply reply(ReplyTarget target, AdResponse answer) {
        return switch (target) {
            case ReplyTarget.Target asked -> Reply.to(asked, answer);
            case ReplyTarget.None none -> Reply.of(answer);
            case ReplyTarget.Refused refused -> Reply.of(answer);
        };
    }

    private static Optional<String> country(InFlight flight) {
        return Optional.ofNullable(flight.asked.request().getDevice())
                .map(Device::getGeo)
                .map(Geo::getCountry)
                .filter(country -> country.length() <= COUNTRY_CHARACTERS);
    }
}
