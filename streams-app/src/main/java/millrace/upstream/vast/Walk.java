package millrace.upstream.vast;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastCode;

/** One step of a chain being worked out: visits ads until one needs an answer or none is left. Lives for one call. */
final class Walk {
    private final VastChain chain;
    private final List<VastChain.Frame> frames;
    private Gathered gathered;

    Walk(VastChain chain, List<VastChain.Frame> frames, Gathered gathered) {
        this.chain = chain;
        this.frames = frames;
        this.gathered = gathered;
    }

    VastStep next() {
        while (!frames.isEmpty()) {
            VastChain.Frame frame = frames.removeLast();
            if (frame.rest().isEmpty()) {
                finish(frame);
                continue;
            }
            frames.add(frame.afterFirst());
            Optional<VastStep> step = visit(frame, frame.rest().getFirst());
            if (step.isPresent()) {
                return step.get();
            }
        }
        return gathered.done();
    }

    /** fallbackOnNoAd="false": no stand-alone ad may take the place of a wrapper without one (VAST 4.3, 3.19.1). */
    void wrapperGaveNothing(WrapperPath path) {
        if (path.wrappers().isEmpty() || frames.isEmpty()) {
            return;
        }
        VastAd.Wrapper wrapper = path.wrappers().getLast();
        if (wrapper.isStandAlone() && !wrapper.mayFallBack()) {
            VastChain.Frame parent = frames.removeLast();
            frames.add(parent.without(
                    parent.rest().stream().filter(VastAd::isStandAlone).toList()));
        }
    }

    private void finish(VastChain.Frame frame) {
        if (gathered.ads().size() == frame.adsBefore()) {
            wrapperGaveNothing(frame.path());
        }
    }

    private Optional<VastStep> visit(VastChain.Frame frame, VastAd ad) {
        return switch (ad) {
            case VastAd.InLine inline -> {
                take(frame, inline);
                yield Optional.empty();
            }
            case VastAd.Wrapper wrapper -> follow(frame, wrapper);
            case VastAd.Unreadable unreadable -> Optional.empty();
        };
    }

    private void take(VastChain.Frame frame, VastAd.InLine ad) {
        WrapperPath path = frame.path();
        SlotFit.Verdict verdict = chain.rules().fit().check(ad, path.macros().blockedCategories());
        switch (verdict) {
            case SlotFit.Verdict.Fits fits -> {
                Merge merge = new Merge(path.wrappers(), ad, fits);
                if (merge.trackerText() > chain.rules().limits().maxTrackerText()) {
                    fail(path, VastStep.Trouble.of(VastCode.SCHEMA, "too many trackers"), ad.errors());
                } else {
                    gathered = gathered.with(merge.ad());
                }
            }
            case SlotFit.Verdict.Unfit(int code, String reason) ->
                fail(path, VastStep.Trouble.of(code, reason), ad.errors());
        }
    }

    private Optional<VastStep> follow(VastChain.Frame frame, VastAd.Wrapper wrapper) {
        boolean spare = wrapper.isStandAlone() && gathered.ads().size() > frame.adsBefore();
        if (spare || chain.expired()) {
            return Optional.empty();
        }
        if (!frame.path().mayFollow()) {
            fail(frame.path(), VastStep.Trouble.of(VastCode.WRAPPER_LIMIT, "no further wrapper allowed"), List.of());
            return Optional.empty();
        }
        WrapperPath through = frame.path().through(wrapper);
        if (wrapper.tagUri().isEmpty()) {
            refuse(through, VastStep.Trouble.of(VastCode.SCHEMA, "a Wrapper without VASTAdTagURI"));
            return Optional.empty();
        }
        return ask(frame, wrapper, through);
    }

    private Optional<VastStep> ask(VastChain.Frame frame, VastAd.Wrapper wrapper, WrapperPath through) {
        try {
            Optional<Url> url = chain.target(frame, wrapper, through);
            if (url.isPresent()) {
                WrapperPath asking = through.asking(url.get());
                return Optional.of(new VastStep.Get(
                        url.get(), new VastChain(chain.rules(), asking, frames, gathered, chain.gets() + 1, false)));
            }
            refuse(through, VastStep.Trouble.of(VastCode.WRAPPER_LIMIT, "wrapper limit reached"));
        } catch (Url.Refusal e) {
            refuse(
                    through,
                    VastStep.Trouble.of(VastCode.WRAPPER, new UpstreamFailure.Refused("wrapper: " + e.getMessage())));
        }
        return Optional.empty();
    }

    private void refuse(WrapperPath through, VastStep.Trouble why) {
        fail(through, why, List.of());
        wrapperGaveNothing(through);
    }

    private void fail(WrapperPath path, VastStep.Trouble why, List<String> ownErrors) {
        gathered = gathered.with(why, path.macros(), Stream.concat(path.errors(), ownErrors.stream()));
    }
}
