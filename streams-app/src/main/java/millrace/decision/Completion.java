package millrace.decision;

import millrace.upstream.Resolution;

/** An upstream's answer on its way back to the stream thread. */
record Completion(InFlight flight, SlotRun run, SlotRun.Calling calling, Resolution resolution) {}
