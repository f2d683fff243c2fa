package millrace.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.caps.CapSubject;
import millrace.caps.Exposure;
import millrace.catalog.Campaign;
import millrace.decision.RoomTimes.Room;
import millrace.decision.SlotRun.Decided;
import millrace.delivery.Answers;
import millrace.delivery.Issued;
import millrace.delivery.Material;
import millrace.delivery.Reply;
import millrace.delivery.Reservation;
import millrace.intake.Arrival;
import millrace.intake.ReplyTarget;
import millrace.money.BudgetDay;
import millrace.schemas.AdResponse;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.NoFillReason;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.schemas.SlotAnswer;
import millrace.upstream.ErrorPing;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes down what was decided and sends it out: exposure, reservation and served ad of each ad, the answer of each request. Everything
 * that is written here commits with the request's offset or its journal entry, so it is there once.
 */
final class Serving {
    private final Rooms rooms;
    private final Exits exits;

    Serving(Rooms rooms, Exits exits) {
        this.rooms = rooms;
        this.exits = exits;
    }

    /** Every check has passed and the money is taken: the ad is served. */
    SlotAnswer serve(
            InFlight flight,
            SlotRun run,
            Campaign campaign,
            CapSubject subject,
            Material material,
            BudgetDay day,
            Instant now) {
        boolean test = flight.asked.request().getTest();
        Reservation reservation = rooms.delivery()
                .reservation(
                        flight.context, run.slot, flight.placement, Optional.of(campaign), day, material, test, now);
        Issued issued = rooms.reservations().open(reservation);
        if (!test) {
            // False only for a user whose hour is full and whom no rule concerns: then nothing counts on it.
            boolean counted = rooms.caps()
                    .reserve(
                            reservation.userKey(),
                            Exposure.reserved(
                                    reservation.servedAt(),
                                    subject,
                                    issued.token().reservation()));
            rooms.meters().served(counted);
        }
        return send(flight, run, reservation, issued, material);
    }

    /** What is left when no campaign could serve: the placement's house ad, or the reason why there is none. */
    SlotAnswer houseOrNothing(InFlight flight, SlotRun run, Instant now) {
        Optional<Material> house = flight.placement.house().map(Material::of).filter(flight::hasRoomFor);
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
        SlotAnswer answer = send(flight, run, reservation, rooms.reservations().open(reservation), material);
        return SlotAnswer.newBuilder(answer).setReason(run.reason).build();
    }

    private SlotAnswer send(InFlight flight, SlotRun run, Reservation reservation, Issued issued, Material material) {
        exits.served(rooms.delivery().servedAd(reservation, issued, flight.context, country(flight)));
        SlotAnswer answer =
                Answers.filled(run.slot.getId(), List.of(rooms.delivery().ad(reservation, material, issued)));
        flight.times.spentIn(Room.DELIVERY);
        return answer;
    }

    /** Calls that somebody is owed because an upstream failed; recorded here, fired by the notifier. */
    void notices(InFlight flight, SlotRun run, SlotRun.Calling calling, List<ErrorPing> pings, Instant now) {
        String request = flight.asked.request().getId();
        for (ErrorPing ping : pings) {
            exits.notice(Notice.newBuilder()
                    .setId(request + "/" + run.slot.getId() + "/" + run.notices++)
                    .setKind(NoticeKind.ERROR)
                    .setUrl(ping.url())
                    .setRequestId(request)
                    .setSlotId(run.slot.getId())
                    .setCampaign(calling.campaign().id())
                    .setUpstream(calling.lease().upstream().id())
                    .setCode(ping.code())
                    .setAt(now.toEpochMilli())
                    .build());
        }
    }

    void answer(InFlight flight, Instant now) {
        List<SlotAnswer> slots = new ArrayList<>(flight.runs.size());
        for (SlotRun run : flight.runs) {
            if (run.progress instanceof Decided(SlotAnswer decided)) {
                slots.add(decided);
            }
        }
        flight.times.spentIn(Room.DELIVERY);
        long took = flight.times.totalMicros();
        AdResponse answer = Answers.decided(
                flight.asked.request(), flight.context.sessionId(), slots, now, took, flight.times.list());
        exits.answer(
                flight.asked.user().value(), reply(flight.asked.reply(), answer), flight.timestamp, flight.headers);
        rooms.meters().answered(took);
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
        exits.answer(record.key(), reply(away.reply(), answer), record.timestamp(), record.headers());
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
                .map(Geo::getCountry);
    }
}
