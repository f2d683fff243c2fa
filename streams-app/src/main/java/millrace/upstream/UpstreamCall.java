package millrace.upstream;

import java.time.Duration;
import millrace.catalog.UpstreamConfig;
import millrace.schemas.AdRequest;
import millrace.schemas.Slot;
import millrace.session.SessionContext;

/**
 * One question to one upstream.
 *
 * @param remaining total time for the whole resolution, wrapper hops included
 * @param fanout what the whole request may still ask for, counted over all its calls
 * @param start where it begins: usually with the upstream's tag
 */
public record UpstreamCall(
        UpstreamConfig upstream,
        SessionContext context,
        AdRequest request,
        Slot slot,
        Duration remaining,
        Fanout fanout,
        AdStart start) {

    /** The same question, to the upstream as it is given here. */
    UpstreamCall by(UpstreamConfig other, Duration left) {
        return new UpstreamCall(other, context, request, slot, left, fanout, start);
    }

    /** One that begins with the upstream's tag. */
    public UpstreamCall(
            UpstreamConfig upstream,
            SessionContext context,
            AdRequest request,
            Slot slot,
            Duration remaining,
            Fanout fanout) {
        this(upstream, context, request, slot, remaining, fanout, new AdStart.Tag());
    }
}
