package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.upstream.Fanout;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.schedule.BreakChoice;

/**
 * The wrappers of one resolution, without I/O: says what to ask, is told what came, and ends with an outcome.
 *
 * <pre>
 *   toAsk ─► hops ─► answered ─► toAsk ─► ...     pod members side by side, at most maxParallel
 *                       └──────► outcome          present when nothing is awaited any more
 * </pre>
 *
 * <p>What it knows is the tree of answers. {@link Walk} reads the tree in playing order, so the outcome depends on what
 * was answered, never on who was faster. For one thread at a time.
 */
final class VastChain {
    /**
     * What holds for the whole chain.
     *
     * @param breaks which breaks are the slot's, if the tag answers with a schedule
     */
    record Rules(VastLimits limits, SlotFit fit, BreakChoice breaks) {}

    private final Rules rules;
    private final Hop root;
    private final Fanout fanout;
    private int asked;

    private VastChain(Rules rules, Hop root, Fanout fanout) {
        this.rules = rules;
        this.root = root;
        this.fanout = fanout;
    }

    /** @param fanout what the whole request may still ask for */
    static VastChain start(Rules rules, RequestMacros macros, Url first, Fanout fanout) {
        return new VastChain(rules, new Hop(WrapperPath.root(macros, first), first), fanout);
    }

    /** What to ask now, in playing order; each hop comes once. */
    List<Hop> toAsk() {
        List<Hop> now = new ArrayList<>();
        int free = rules.limits().maxParallel() - root.openBelow();
        // What is over a limit is answered here, and may make another one necessary in its place.
        for (boolean goesOn = true; goesOn; ) {
            goesOn = false;
            for (Hop hop : new Walk(rules, Optional.empty()).read(root).awaited()) {
                if (hop.isAsked() || now.size() == free) {
                    continue;
                }
                if (asked >= rules.limits().maxGets() || !fanout.take()) {
                    hop.answered(new HopAnswer.Unasked(VastCode.WRAPPER_LIMIT, "too many documents"));
                    goesOn = true;
                } else {
                    asked++;
                    hop.ask();
                    now.add(hop);
                }
            }
        }
        return now;
    }

    /** What the chain begins with is here: it is not asked for, and counts as no document. Comes before {@link #toAsk}. */
    void answeredAlready(HopAnswer answer) {
        root.answered(answer);
    }

    void answered(Hop hop, HopAnswer answer) {
        hop.answered(answer);
    }

    /** Present when nothing is awaited; {@link #toAsk} comes first. */
    Optional<VastOutcome> outcome() {
        Walk.Walked walked = new Walk(rules, Optional.empty()).read(root);
        return walked.awaited().isEmpty() ? Optional.of(walked.outcome()) : Optional.empty();
    }

    /** The deadline has come: what there is, with whatever is awaited counted as late. */
    VastOutcome expired(UpstreamFailure.TimedOut why) {
        return new Walk(rules, Optional.of(why)).read(root).outcome();
    }
}
