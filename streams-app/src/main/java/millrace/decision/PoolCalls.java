package millrace.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import millrace.catalog.Campaign;
import millrace.catalog.Supply;
import millrace.decision.SlotRun.Calling;
import millrace.decision.SlotRun.Pausing;
import millrace.rotation.UpstreamLease;
import millrace.upstream.UpstreamCall;
import org.jspecify.annotations.Nullable;

/** Asks the upstreams of pools: the one that rotation chooses, a second one beside it when that takes long, and some of them again when all have failed. */
final class PoolCalls {
    private final Rooms rooms;
    private final Calls calls;
    private final Later later;

    PoolCalls(Rooms rooms, Calls calls, Later later) {
        this.rooms = rooms;
        this.calls = calls;
        this.later = later;
    }

    /** @return false when there is nobody to ask */
    boolean ask(InFlight flight, SlotRun run, Campaign campaign, Supply.Pooled pool, Instant now) {
        UpstreamLease lease = choose(flight, run, pool, now);
        if (lease == null) {
            return false;
        }
        Calling calling = new Calling(campaign, lease);
        run.progress = calling;
        start(flight, run, calling, now);
        Instant slow = now.plusNanos(lease.usualMostNanos());
        if (pool.rules().hedge() && slow.isAfter(now) && slow.isBefore(flight.lastAsk)) {
            later.at(slow, () -> askBeside(flight, run, calling, pool));
        }
        return true;
    }

    /** The first takes longer than nearly all answers of the pool: another is asked for the same. */
    private void askBeside(InFlight flight, SlotRun run, Calling first, Supply.Pooled pool) {
        if (run.progress != first) {
            return;
        }
        Instant now = rooms.clock().instant();
        if (!now.isBefore(flight.lastAsk)) {
            return;
        }
        UpstreamLease lease = choose(flight, run, pool, now);
        if (lease != null) {
            Calling second = new Calling(first.campaign(), lease);
            first.beside(second);
            rooms.rotation().hedged();
            start(flight, run, second, now);
        }
    }

    /**
     * Everybody of the pool has been asked: waits, when some are to be asked again.
     *
     * @param goOn what happens then
     * @return false when nobody is
     */
    boolean pause(SlotRun run, Supply.Pooled pool, Duration left, Instant now, Runnable goOn) {
        Optional<Duration> pause = run.tries.pause(pool, left, rooms.rotation().random());
        pause.ifPresent(wait -> {
            Pausing pausing = new Pausing();
            run.progress = pausing;
            rooms.rotation().retried();
            later.at(now.plus(wait), () -> {
                if (run.progress == pausing) {
                    goOn.run();
                }
            });
        });
        return pause.isPresent();
    }

    private @Nullable UpstreamLease choose(InFlight flight, SlotRun run, Supply.Pooled pool, Instant now) {
        return rooms.rotation().lease(pool, rooms.catalog(), new SlotAsker(rooms, flight, run, now));
    }

    private void start(InFlight flight, SlotRun run, Calling calling, Instant now) {
        UpstreamCall call = new UpstreamCall(
                calling.lease().upstream(),
                flight.context,
                flight.asked.request(),
                run.slot,
                Duration.between(now, flight.lastAsk),
                flight.fanout);
        calls.start(rooms.upstream(), call, flight, run, calling);
    }
}
