package millrace.decision;

import millrace.upstream.BidAnswer;
import millrace.upstream.Resolution;

/** An answer on its way back to the stream thread. */
sealed interface Completion {

    /** Of an upstream. */
    record Resolved(InFlight flight, SlotRun run, SlotRun.Calling calling, Resolution resolution)
            implements Completion {}

    /** Of a bidder. */
    record Bid(InFlight flight, String bidder, BidAnswer answer) implements Completion {}

    /** Where the markup of a bid led. */
    record Unwrapped(InFlight flight, SlotRun run, SlotRun.Unwrapping unwrapping, Resolution resolution)
            implements Completion {}
}
