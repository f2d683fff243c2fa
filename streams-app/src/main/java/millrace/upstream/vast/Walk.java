package millrace.upstream.vast;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.AdSource;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastCode;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapDocument;

/**
 * One reading of what is known of a chain, in playing order.
 *
 * <p>Of a document with a pod, the members are read side by side; one that failed is replaced by the next unused
 * stand-alone ad, its buffet (VAST 4.3, 3.3.1). Further stand-alone ads come after the pod as spares. A stand-alone Wrapper
 * is followed only while its document has given no ad: nobody is asked for what will not be shown. Who fails owes a call to
 * the Error URLs on its own way only.
 */
final class Walk {
    /**
     * What came of a reading.
     *
     * @param awaited questions without an answer that decide what comes next, in playing order
     */
    record Walked(List<Hop> awaited, List<FoundAd> ads, Gathered gathered, OptionalInt documentError) {
        VastOutcome outcome() {
            return new VastOutcome(
                    ads.stream().map(FoundAd::merged).toList(), gathered.pings(), gathered.trouble(), documentError);
        }
    }

    private final VastChain.Rules rules;
    private final Optional<UpstreamFailure.TimedOut> expired;
    private final List<Hop> awaited = new ArrayList<>();
    private final Gathered gathered = new Gathered();
    private final Questions questions;

    /** @param expired present when what is awaited will not come any more */
    Walk(VastChain.Rules rules, Optional<UpstreamFailure.TimedOut> expired) {
        this.rules = rules;
        this.expired = expired;
        this.questions = new Questions(rules.limits().maxWrappers());
    }

    Walked read(Hop root) {
        Found found = answerOf(root);
        List<FoundAd> ads = found instanceof Found.Ads(var pod, var spares)
                ? Stream.concat(pod.stream(), spares.stream()).toList()
                : List.of();
        return new Walked(awaited, ads, gathered, documentError(root));
    }

    private OptionalInt documentError(Hop root) {
        Optional<HopAnswer> answer = root.answer().or(() -> expired.map(HopAnswer.Lost::new));
        return answer.orElse(new HopAnswer.Empty()).error();
    }

    private Found answerOf(Hop hop) {
        if (hop.answer().isEmpty() && expired.isEmpty()) {
            awaited.add(hop);
            return new Found.Awaited();
        }
        HopAnswer answer = hop.answer().orElseGet(() -> new HopAnswer.Lost(expired.orElseThrow()));
        return switch (answer) {
            case HopAnswer.Document(var document, var url) -> read(hop, document, url);
            case HopAnswer.Schedule(var schedule, var url) -> read(hop, schedule, url);
            case HopAnswer.Empty() -> fruitless(hop, Trouble.of(VastCode.NO_AD, "empty answer"));
            case HopAnswer.Malformed(int code, String reason) ->
                fruitless(hop, Trouble.of(code, new UpstreamFailure.Malformed(reason)));
            case HopAnswer.Lost(var failure) -> fruitless(hop, Trouble.of(failure));
            case HopAnswer.Unasked(int code, String reason) -> fruitless(hop, Trouble.of(code, reason));
        };
    }

    private Found fruitless(Hop hop, Trouble why) {
        gathered.add(why, hop.path(), hop.path().errors());
        return new Found.Nothing(true);
    }

    private Found read(Hop hop, VastDocument document, Url base) {
        List<VastAd> usable = chosen(hop.path(), document);
        if (usable.isEmpty()) {
            boolean broken = document.ads().stream().anyMatch(VastAd.Unreadable.class::isInstance);
            Trouble why = broken
                    ? Trouble.of(VastCode.SCHEMA, "an Ad without InLine or Wrapper")
                    : Trouble.of(VastCode.NO_AD, "no ad");
            Stream<String> told =
                    Stream.concat(document.errors().stream(), hop.path().errors());
            gathered.add(why, hop.path(), told);
            return new Found.Nothing(true);
        }
        Deque<VastAd> buffet =
                new ArrayDeque<>(usable.stream().filter(VastAd::isStandAlone).toList());
        Found pod =
                pod(hop, base, usable.stream().filter(ad -> !ad.isStandAlone()).toList(), buffet);
        return pod instanceof Found.Awaited ? pod : rest(hop, base, pod.ads(), buffet);
    }

    /** Of breaks that come at once, a pod is asked for together; one ad is looked for in one after the other. */
    private Found read(Hop hop, VmapDocument schedule, Url base) {
        if (!hop.path().isTag()) {
            var why = new UpstreamFailure.Malformed(base.host() + ": a schedule (VMAP) instead of ads");
            return fruitless(hop, Trouble.of(VastCode.SCHEMA, why));
        }
        List<Found> found = new ArrayList<>();
        for (AdBreak adBreak : rules.breaks().of(schedule)) {
            found.add(source(hop, base, adBreak));
            if (!rules.fit().isForPod() && !(found.getLast() instanceof Found.Nothing)) {
                return found.getLast();
            }
        }
        if (found.isEmpty()) {
            return fruitless(hop, Trouble.of(VastCode.NO_AD, "no linear break for this slot in the schedule"));
        }
        return found.stream().anyMatch(Found.Awaited.class::isInstance) ? new Found.Awaited() : Found.inTurn(found);
    }

    private Found source(Hop hop, Url base, AdBreak adBreak) {
        Optional<AdSource.Content> content = adBreak.source().flatMap(AdSource::content);
        return content.map(has ->
                        hop.through(adBreak, () -> questions.of(hop.path().within(adBreak), base, has)))
                .map(this::unlessTooLate)
                .orElse(new Found.Nothing(true));
    }

    /** The ads that may be used (VAST 4.3, 3.19.1 allowMultipleAds), pod members in numeric order first. */
    private List<VastAd> chosen(WrapperPath path, VastDocument document) {
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

    /** All members are looked at before any is replaced: their questions go out together, and a spare is no guess. */
    private Found pod(Hop hop, Url base, List<VastAd> members, Deque<VastAd> buffet) {
        List<Found> found = new ArrayList<>();
        for (VastAd member : members) {
            found.add(ads(hop, base, member));
        }
        if (found.stream().anyMatch(Found.Awaited.class::isInstance)) {
            return new Found.Awaited();
        }
        List<FoundAd> ads = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            boolean empty = found.get(i) instanceof Found.Nothing nothing && nothing.replaceable();
            Found member = empty ? replacement(hop, base, buffet) : found.get(i);
            if (member instanceof Found.Awaited) {
                return member;
            }
            int sequence = members.get(i).sequence();
            member.main().forEach(ad -> ads.add(ad.at(sequence)));
        }
        return Found.of(ads, List.of());
    }

    private Found replacement(Hop hop, Url base, Deque<VastAd> buffet) {
        while (!buffet.isEmpty()) {
            Found spare = ads(hop, base, buffet.remove());
            if (!(spare instanceof Found.Nothing)) {
                return spare;
            }
        }
        return new Found.Nothing(true);
    }

    private Found rest(Hop hop, Url base, List<FoundAd> pod, Deque<VastAd> buffet) {
        List<FoundAd> alone = new ArrayList<>();
        for (VastAd ad : buffet) {
            boolean spareWrapper = ad instanceof VastAd.Wrapper && !(pod.isEmpty() && alone.isEmpty());
            Found found = spareWrapper ? new Found.Nothing(true) : ads(hop, base, ad);
            if (found instanceof Found.Awaited) {
                return found;
            }
            if (found instanceof Found.Nothing nothing && !nothing.replaceable()) {
                break;
            }
            alone.addAll(found.ads());
        }
        return pod.isEmpty() ? Found.of(alone, List.of()) : Found.of(pod, alone);
    }

    private Found ads(Hop hop, Url base, VastAd ad) {
        return switch (ad) {
            case VastAd.InLine inline -> take(hop, inline);
            case VastAd.Wrapper wrapper -> forbidding(wrapper, follow(hop, base, wrapper));
            case VastAd.Unreadable unreadable -> new Found.Nothing(true);
        };
    }

    private Found take(Hop hop, VastAd.InLine ad) {
        WrapperPath path = hop.path();
        return switch (hop.verdict(ad, inline -> judge(path, inline))) {
            case SlotFit.Verdict.Fits fits -> Found.of(List.of(new FoundAd(path, ad, fits, ad.sequence())), List.of());
            case SlotFit.Verdict.Unfit(int code, String reason) -> {
                gathered.add(Trouble.of(code, reason), path, Stream.concat(path.errors(), ad.errors().stream()));
                yield new Found.Nothing(true);
            }
        };
    }

    private SlotFit.Verdict judge(WrapperPath path, VastAd.InLine ad) {
        SlotFit.Verdict verdict = rules.fit().check(ad, path.macros().blockedCategories());
        if (verdict instanceof SlotFit.Verdict.Fits
                && Weight.trackers(path.wrappers(), ad) > rules.limits().maxTrackerText()) {
            return new SlotFit.Verdict.Unfit(VastCode.SCHEMA, "too many trackers");
        }
        return verdict;
    }

    private Found follow(Hop hop, Url base, VastAd.Wrapper wrapper) {
        if (!hop.path().mayFollow()) {
            return fruitless(hop, Trouble.of(VastCode.WRAPPER_LIMIT, "no further wrapper allowed"));
        }
        return unlessTooLate(
                hop.through(wrapper, () -> questions.of(hop.path().through(wrapper), base, wrapper.tagUri())));
    }

    /** What was never asked for owes nothing. */
    private Found unlessTooLate(Hop inner) {
        boolean tooLate = expired.isPresent() && inner.answer().isEmpty() && !inner.isAsked();
        return tooLate ? new Found.Nothing(true) : answerOf(inner);
    }

    /**
     * fallbackOnNoAd="false" (VAST 4.3, 3.19.1): in a pod the next member is next, so nothing takes the wrapper's place; for
     * a stand-alone one it is the player's choice, and ours is that no other stand-alone ad does.
     */
    private static Found forbidding(VastAd.Wrapper wrapper, Found found) {
        return found instanceof Found.Nothing ? new Found.Nothing(wrapper.mayFallBack()) : found;
    }
}
