package millrace;

import static millrace.Examples.impression;
import static millrace.Examples.own;
import static millrace.Examples.placement;
import static millrace.Examples.pooled;
import static millrace.Examples.request;
import static millrace.Examples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import millrace.upstream.Resolution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each room counts what came in, what came of it, and how long it took. */
class RoomMetersTest {
    private final TopologyWorld world = new TopologyWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private double figure(String name, String... tags) {
        Meter meter = world.meters.get(name).tags(tags).meter();
        return meter.measure().iterator().next().getValue();
    }

    @Test
    void everyRoomThatARequestWalksThroughCountsIt() {
        world.apply(placement("preroll"));
        world.apply(upstream("tag"));
        world.apply(pooled("paid", "tag").setBudgetNanos(1_000_000_000L).build());

        world.request(request("r1", "u1"));
        world.pass(Duration.ofMillis(40));
        world.answer(new Resolution.Filled(List.of(Examples.ad("a")), Map.of(), List.of()));
        world.pass(Duration.ofSeconds(2));
        world.event(impression(
                world.answer().getSlots().getFirst().getAds().getFirst().getToken()));

        assertThat(figure("millrace.intake.requests", "verdict", "admitted")).isEqualTo(1);
        assertThat(figure("millrace.session.requests", "outcome", "begun")).isEqualTo(1);
        assertThat(figure("millrace.selection.candidates")).isEqualTo(1);
        assertThat(figure("millrace.upstream.answers", "outcome", "filled")).isEqualTo(1);
        assertThat(figure("millrace.caps.allowed")).isGreaterThanOrEqualTo(1);
        assertThat(figure("millrace.budget.reservations", "verdict", "reserved"))
                .isEqualTo(1);
        assertThat(figure("millrace.delivery.answers", "to", "ad_responses")).isEqualTo(1);
        assertThat(figure("millrace.impression.events", "outcome", "billed")).isEqualTo(1);
        assertThat(figure("millrace.ledger.grants", "verdict", "granted")).isGreaterThanOrEqualTo(1);
        assertThat(figure("millrace.ledger.reports", "outcome", "booked")).isGreaterThanOrEqualTo(1);
        assertThat(figure("millrace.ledger.campaigns")).isEqualTo(1);
        assertThat(figure("millrace.room.time", "room", "upstream"))
                .as("seconds that the upstream was waited for")
                .isBetween(0.039, 0.1);
        assertThat(figure("millrace.decision.inflight")).isZero();
    }

    @Test
    void whatIsRefusedIsCountedWhereItWas() {
        world.apply(placement("preroll"));
        world.apply(own("once").setCaps(List.of(Examples.perHour(1))).build());

        world.request(request("r1", "u1"));
        world.request(request("r2", "u1"));

        assertThat(figure("millrace.session.requests", "outcome", "continued")).isEqualTo(1);
        assertThat(figure("millrace.caps.refusals", "scope", "campaign")).isEqualTo(1);
        assertThat(figure("millrace.selection.slots.without")).isEqualTo(1);
        assertThat(figure("millrace.delivery.answers", "to", "ad_responses")).isEqualTo(2);
    }

    @Test
    void leasesAreGaugedWithAndWithoutMoney() {
        world.apply(placement("preroll"));
        world.apply(own("rich").setBudgetNanos(1_000_000_000_000L).build());

        world.request(request("r1", "u1"));
        // They are counted every five hundredth time that the node looks.
        for (int i = 0; i < 11; i++) {
            world.pass(Duration.ofMillis(100));
        }

        assertThat(figure("millrace.budget.leases", "state", "holding")
                        + figure("millrace.budget.leases", "state", "empty"))
                .isEqualTo(1);
    }
}
