package millrace.decision;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import millrace.rotation.Asker;
import millrace.rotation.Stickiness;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.selection.Countries;
import millrace.session.Kept;
import millrace.session.Session;
import millrace.session.UserKey;

/** A slot of a request asks the rotation for an upstream. What its session keeps is read when it is asked for: few pools ask. */
final class SlotAsker implements Asker {
    private final Rooms rooms;
    private final InFlight flight;
    private final SlotRun run;
    private final Instant now;

    SlotAsker(Rooms rooms, InFlight flight, SlotRun run, Instant now) {
        this.rooms = rooms;
        this.flight = flight;
        this.run = run;
        this.now = now;
    }

    @Override
    public boolean hasFailed(String upstream) {
        return run.isPast(upstream);
    }

    @Override
    public String country() {
        return geo().map(Geo::getCountry).map(Countries::alpha2).orElse("");
    }

    @Override
    public String region() {
        return geo().map(Geo::getRegion).orElse("");
    }

    private Optional<Geo> geo() {
        return Optional.ofNullable(flight.asked.request().getDevice()).map(Device::getGeo);
    }

    @Override
    public List<String> remembered(Stickiness by) {
        Optional<Kept> kept = rooms.sessions().find(user()).map(Session::kept);
        return switch (by) {
            case SESSION -> kept.map(Kept::inSession).orElse(List.of());
            case USER -> kept.map(Kept::byUser).orElse(List.of());
        };
    }

    @Override
    public void remember(Stickiness by, String upstream) {
        switch (by) {
            case SESSION -> rooms.sessions().keep(user(), upstream, now);
            case USER -> rooms.sessions().keepForUser(user(), upstream, now);
        }
    }

    private UserKey user() {
        return flight.asked.user();
    }
}
