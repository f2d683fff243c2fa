package millrace.upstream.vast;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.VastAd;

/**
 * One question of a chain: the URL of a wrapper (or of the tag itself), its answer once it is there, and the questions
 * that the wrappers of the answer lead to. For one thread at a time.
 */
final class Hop {
    private final WrapperPath path;
    private final Url url;
    private final IdentityHashMap<Object, Hop> inner = new IdentityHashMap<>();
    private final IdentityHashMap<VastAd.InLine, SlotFit.Verdict> verdicts = new IdentityHashMap<>();
    private Optional<HopAnswer> answer = Optional.empty();
    private boolean asked;

    Hop(WrapperPath path, Url url) {
        this.path = path;
        this.url = url;
    }

    /** The way here, this question's wrapper included. */
    WrapperPath path() {
        return path;
    }

    Url url() {
        return url;
    }

    Optional<HopAnswer> answer() {
        return answer;
    }

    /** Later answers to the same question are not read. */
    void answered(HopAnswer came) {
        answer = answer.or(() -> Optional.of(came));
    }

    boolean isAsked() {
        return asked;
    }

    void ask() {
        asked = true;
    }

    boolean isOpen() {
        return asked && answer.isEmpty();
    }

    /** The question that a wrapper or a break of this answer leads to. */
    Hop through(Object origin, Supplier<Hop> first) {
        return inner.computeIfAbsent(origin, o -> first.get());
    }

    /** Whether an ad of this answer fits, looked at once. */
    SlotFit.Verdict verdict(VastAd.InLine ad, Function<VastAd.InLine, SlotFit.Verdict> judge) {
        return verdicts.computeIfAbsent(ad, judge);
    }

    int openBelow() {
        return (isOpen() ? 1 : 0)
                + inner.values().stream().mapToInt(Hop::openBelow).sum();
    }
}
