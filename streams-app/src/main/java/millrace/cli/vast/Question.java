package millrace.cli.vast;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.UpstreamConfig;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.session.SessionContext;
import millrace.upstream.Fanout;
import millrace.upstream.UpstreamCall;
import millrace.upstream.replay.World;

/**
 * What a person asks a tag for, as the pipeline would ask.
 *
 * @param time absent: the slot does not say
 * @param documents most that may be asked for
 */
record Question(
        String tag,
        World.Moment moment,
        Duration timeout,
        SlotKind kind,
        List<String> mimes,
        Optional<Integer> maxSeconds,
        Optional<SlotTime> time,
        int documents,
        Optional<String> ip,
        Optional<String> userAgent) {
    UpstreamCall call() {
        Slot slot = Slot.newBuilder()
                .setId("slot")
                .setKind(kind)
                .setMimes(List.copyOf(mimes))
                .setStartDelay(time.map(SlotTime::startDelay).orElse(null))
                .setMaxDurationMillis(maxSeconds.map(seconds -> seconds * 1000).orElse(null))
                .build();
        AdRequest request = AdRequest.newBuilder()
                .setId(moment.correlator())
                .setPlacement("command-line")
                .setSlots(List.of(slot))
                .build();
        UpstreamConfig config = new UpstreamConfig(
                "command-line", tag, timeout, 1, Map.of(), Map.of(), Set.of(), Optional.empty(), Optional.empty());
        return new UpstreamCall(config, context(), request, slot, timeout, new Fanout(documents));
    }

    private SessionContext context() {
        return new SessionContext(
                moment.correlator(),
                moment.correlator(),
                moment.cachebusting(),
                moment.timestamp(),
                "command-line",
                "command-line",
                Optional.empty(),
                Optional.empty(),
                ip,
                userAgent,
                Optional.empty(),
                Map.of(),
                Map.of());
    }
}
