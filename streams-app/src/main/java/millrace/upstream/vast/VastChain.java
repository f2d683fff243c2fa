package millrace.upstream.vast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.document.VastDocument;

/**
 * The wrapper chain as a state machine without I/O: a chain waits for one answer and turns it into the next step.
 *
 * <pre>
 *   start ─► Get ─► answered ─┬─► Get ─► answered ─► ...      a wrapper is followed
 *                             └─► Done                        every ad is used, failed or a spare
 * </pre>
 *
 * <p>Ads are visited in playing order: pod members by sequence, then stand-alone ones. An InLine becomes an ad or fails;
 * a Wrapper is followed and its ads take its place. A stand-alone Wrapper is a spare, and left alone, once its document
 * has given an ad: nobody is asked for what will not be shown. Who fails owes a call to the Error URLs on its own way
 * only. Immutable: the same chain and answer give the same step, so a chain may be asked again at its deadline.
 *
 * @param path the way to the URL that is being asked
 * @param frames documents not yet finished, the innermost last
 * @param gets documents asked for so far
 */
record VastChain(Rules rules, WrapperPath path, List<Frame> frames, Gathered gathered, int gets, boolean expired) {

    /** What holds for the whole chain. */
    record Rules(VastLimits limits, SlotFit fit) {}

    /**
     * A document on the way.
     *
     * @param rest ads to visit, the next one first
     * @param adsBefore usable ads there were when the document came
     */
    record Frame(List<VastAd> rest, WrapperPath path, Url base, int adsBefore) {
        Frame without(List<VastAd> gone) {
            return new Frame(rest.stream().filter(a -> !gone.contains(a)).toList(), path, base, adsBefore);
        }

        Frame afterFirst() {
            return new Frame(rest.subList(1, rest.size()), path, base, adsBefore);
        }
    }

    VastChain {
        frames = List.copyOf(frames);
    }

    static VastStep.Get start(Rules rules, RequestMacros macros, Url first) {
        WrapperPath root = WrapperPath.root(macros, first);
        return new VastStep.Get(first, new VastChain(rules, root, List.of(), Gathered.NOTHING, 1, false));
    }

    /** The answer to the URL of this chain's step. */
    VastStep answered(HopAnswer answer) {
        return switch (answer) {
            case HopAnswer.Document(var document, var url) -> read(document, url);
            case HopAnswer.Empty() -> fruitless(VastStep.Trouble.of(VastCode.NO_AD, "empty answer"), Stream.empty());
            case HopAnswer.Malformed(int code, String reason) ->
                fruitless(VastStep.Trouble.of(code, new UpstreamFailure.Malformed(reason)), Stream.empty());
            case HopAnswer.Lost(var failure) -> fruitless(VastStep.Trouble.of(code(failure), failure), Stream.empty());
        };
    }

    /** The deadline has come while the answer was awaited: what there is, nothing more asked. */
    VastStep.Done expired(UpstreamFailure.TimedOut why) {
        VastChain last = new VastChain(rules, path, frames, gathered, gets, true);
        return switch (last.answered(new HopAnswer.Lost(why))) {
            case VastStep.Done done -> done;
            case VastStep.Get get ->
                throw new IllegalStateException(
                        "an expired chain asks for " + get.url().host());
        };
    }

    private VastStep read(VastDocument document, Url url) {
        List<VastAd> ads = chosen(document);
        if (ads.isEmpty()) {
            boolean broken = document.ads().stream().anyMatch(VastAd.Unreadable.class::isInstance);
            return fruitless(
                    broken
                            ? VastStep.Trouble.of(VastCode.SCHEMA, "an Ad without InLine or Wrapper")
                            : VastStep.Trouble.of(VastCode.NO_AD, "no ad"),
                    document.errors().stream());
        }
        List<Frame> deeper = new ArrayList<>(frames);
        deeper.add(new Frame(ads, path, url, gathered.ads().size()));
        return new Walk(this, deeper, gathered).next();
    }

    /** The ads that may be used (VAST 4.3, 3.19.1 allowMultipleAds), in playing order. */
    private List<VastAd> chosen(VastDocument document) {
        List<VastAd> readable = document.ads().stream()
                .filter(a -> !(a instanceof VastAd.Unreadable))
                .toList();
        Stream<VastAd> alone = readable.stream().filter(VastAd::isStandAlone);
        if (path.mayTakeAll()) {
            Stream<VastAd> pod =
                    readable.stream().filter(a -> !a.isStandAlone()).sorted(Comparator.comparingInt(VastAd::sequence));
            return Stream.concat(pod, alone).toList();
        }
        boolean lone = rules.limits().loneSequencedAd() && readable.size() == 1;
        return lone ? readable : alone.limit(1).toList();
    }

    /** Nothing came of the URL: tells everybody on the way, and goes on with the ads that are left. */
    private VastStep fruitless(VastStep.Trouble why, Stream<String> rootErrors) {
        Gathered told = gathered.with(why, path.macros(), Stream.concat(rootErrors, path.errors()));
        List<Frame> rest = new ArrayList<>(frames);
        Walk walk = new Walk(this, rest, told);
        walk.wrapperGaveNothing(path);
        return walk.next();
    }

    private static int code(UpstreamFailure failure) {
        return switch (failure) {
            case UpstreamFailure.Malformed m -> VastCode.XML_PARSING;
            case UpstreamFailure.Refused r -> VastCode.WRAPPER;
            case UpstreamFailure.TimedOut t -> VastCode.TIMEOUT;
            case UpstreamFailure.Unreachable u -> VastCode.TIMEOUT;
            case UpstreamFailure.HttpStatus s -> VastCode.TIMEOUT;
            case UpstreamFailure.Cancelled c -> VastCode.TIMEOUT;
        };
    }

    /** Where the next step stands after {@code wrapper}, if it may be followed. */
    Optional<Url> target(Frame frame, VastAd.Wrapper wrapper, WrapperPath through) throws Url.Refusal {
        Url url = frame.base().resolve(through.macros().expand(wrapper.tagUri()));
        boolean tooDeep = through.wrappers().size() > rules.limits().maxWrappers();
        boolean tooMany = gets >= rules.limits().maxGets();
        return tooDeep || tooMany || through.hasAsked(url) ? Optional.empty() : Optional.of(url);
    }
}
