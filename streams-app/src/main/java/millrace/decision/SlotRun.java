package millrace.decision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import millrace.catalog.Campaign;
import millrace.catalog.RetryTerms;
import millrace.catalog.Supply;
import millrace.delivery.Answers;
import millrace.delivery.Material;
import millrace.rotation.UpstreamLease;
import millrace.schemas.Ad;
import millrace.schemas.NoFillReason;
import millrace.schemas.Slot;
import millrace.schemas.SlotAnswer;
import millrace.selection.Shortlist;
import millrace.upstream.ResolvedAd;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.openrtb.auction.Winner;
import org.jspecify.annotations.Nullable;

/** How far one slot of a request in flight has come. For the stream thread only. */
final class SlotRun {
    final Slot slot;
    /** Who may still compete, best first. */
    final Deque<Campaign> candidates;

    final Tries tries = new Tries();

    /** Present when the slot is a break. */
    final Optional<PodFilling> pod;

    private final List<Brought> brought = new ArrayList<>();
    private final Set<Material> shown = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What is served, as parts of a document. */
    final List<String> elements = new ArrayList<>();

    Progress progress = new Choosing();
    NoFillReason reason;
    int notices;
    /** Nobody is asked for it any more. */
    boolean isOver;
    /** Those who bid for it know what became of it. */
    boolean isTold;
    /** Who bid for it in an earlier life, and is to be told that it lost. */
    List<Loss> owed = List.of();

    /** @param most candidates that are gone through at all */
    SlotRun(Slot slot, Shortlist list, int most) {
        this.slot = slot;
        this.reason = list.noFillReason();
        this.pod = Optional.ofNullable(slot.getPod()).map(PodFilling::new);
        this.candidates = new ArrayDeque<>();
        list.candidates().stream().limit(most).forEach(candidate -> candidates.add(candidate.campaign()));
    }

    /** Whether the ads at hand would do, so that nobody else needs to be asked. */
    boolean hasEnough() {
        return pod.map(PodFilling::hasEnough).orElse(false);
    }

    /** An ad has been served: all of a slot, or one of a break. */
    void served(Buyer buyer, Material material, Ad ad) {
        shown.add(material);
        pod.ifPresentOrElse(
                filling -> filling.served(buyer, material, ad),
                () -> progress = new Decided(Answers.filled(slot.getId(), List.of(ad))));
    }

    /** What is served of it, complete or not; empty when nothing is. */
    Optional<SlotAnswer> soFar() {
        return progress instanceof Decided(SlotAnswer answer)
                ? Optional.of(answer)
                : pod.map(PodFilling::ads).filter(ads -> !ads.isEmpty()).map(ads -> Answers.filled(slot.getId(), ads));
    }

    /** How much is written that a later life must not do again: ads served, notices, and the decision. */
    int steps() {
        return shown.size() + notices + (progress instanceof Decided ? 1 : 0);
    }

    /** In a later life: what was served stays as it is; a break that has an ad gets no more. */
    void goOn(JournalEntry.OfSlot before, List<SlotAnswer> served) {
        notices = before.notices();
        elements.addAll(before.elements());
        served.stream()
                .filter(answer -> answer.getSlotId().equals(slot.getId()))
                .findFirst()
                .ifPresent(answer -> {
                    progress = new Decided(answer);
                    owed = before.losses();
                });
    }

    /** It has an ad, and may get more: if a crash comes now, that is all that becomes of it. */
    boolean isBegun() {
        return !(progress instanceof Decided) && !shown.isEmpty();
    }

    /** Whether the answer of this call is waited for. */
    boolean awaits(Calling calling) {
        return progress == calling
                || (progress instanceof Calling first
                        && first.other().filter(calling::equals).isPresent());
    }

    /** Whether an upstream is not to be asked now: it had nothing for this slot, or is being asked. */
    boolean isPast(String upstream) {
        return tries.hasFailed(upstream) || (progress instanceof Calling calling && calling.isTo(upstream));
    }

    /** An upstream answered that it has nothing. */
    void hadNothing(Calling calling) {
        calling.lease().success();
        tries.hadNothing(calling.lease().upstream().id());
        without(calling, NoFillReason.NO_AD);
    }

    /** An upstream gave no proper answer. */
    void failed(Calling calling, UpstreamFailure failure) {
        tries.failed(calling.lease().upstream().id(), failure, calling.retry());
        without(calling, calling.failed(failure));
    }

    /** Of two that are asked, one without an ad leaves it to the other. */
    private void without(Calling calling, NoFillReason why) {
        reason = why;
        calling.other().ifPresent(second -> {
            second.alone();
            progress = second;
        });
    }

    void brings(Brought ad) {
        brought.add(ad);
    }

    /** What upstreams brought and nobody will see. */
    List<Brought> unused() {
        return brought.stream().filter(ad -> !shown.contains(ad.material())).toList();
    }

    /** An ad that an upstream brought, and in which call. */
    record Brought(Calling calling, ResolvedAd ad, Material material) {}

    /**
     * <pre>
     * Choosing ──► Calling ──────► Choosing ...        an upstream had nothing, or was refused
     *    ├───────► Pausing ──────► Choosing ...        all of a pool have failed, and some are asked again
     *    ├───────► AwaitingBids ─► Choosing ...        bidders are asked, for all slots of the request
     *    ├───────► Unwrapping ───► Choosing ...        the markup of a bid that won has nothing, or was refused
     *    │            └──────────► AwaitingGrant ──► Choosing | Decided
     *    └─────────────────────────────────────────► Decided
     * </pre>
     */
    sealed interface Progress permits Choosing, Calling, Pausing, AwaitingBids, Unwrapping, AwaitingGrant, Decided {}

    record Choosing() implements Progress {}

    /** Waits before it asks again. One object a pause. */
    static final class Pausing implements Progress {}

    /** An upstream is asked. One object a call: only the answer of the call that the slot waits for counts. */
    static final class Calling implements Progress {
        private final Campaign campaign;
        private final UpstreamLease lease;
        private @Nullable Future<?> answer;
        /** The other call that is out for the slot, when a second upstream was asked because the first takes long. */
        private Optional<Calling> other = Optional.empty();

        Calling(Campaign campaign, UpstreamLease lease) {
            this.campaign = campaign;
            this.lease = lease;
        }

        void began(Future<?> awaited) {
            answer = awaited;
        }

        Campaign campaign() {
            return campaign;
        }

        UpstreamLease lease() {
            return lease;
        }

        /** Another upstream is asked beside it; the first that has an ad is heard. */
        void beside(Calling second) {
            other = Optional.of(second);
            second.other = Optional.of(this);
        }

        /** The call goes on alone. */
        void alone() {
            other = Optional.empty();
        }

        /** This one has an ad; the other is not waited for. */
        void endOther() {
            other.ifPresent(second -> {
                second.alone();
                second.cancel();
            });
            alone();
        }

        RetryTerms retry() {
            return campaign.supply() instanceof Supply.Pooled pool
                    ? pool.rules().retry()
                    : RetryTerms.NONE;
        }

        Optional<Calling> other() {
            return other;
        }

        boolean isTo(String upstream) {
            return lease.upstream().id().equals(upstream);
        }

        /** There was no proper answer. */
        NoFillReason failed(UpstreamFailure failure) {
            if (failure instanceof UpstreamFailure.TimedOut) {
                lease.timedOut();
                return NoFillReason.TIMEOUT;
            }
            lease.dropped();
            return NoFillReason.UPSTREAM_ERROR;
        }

        /** Ends the call; whatever it still brings is not read. */
        void cancel() {
            endOther();
            lease.ignored();
            if (answer != null) {
                answer.cancel(false);
            }
        }
    }

    /** Some bidder has not answered. */
    record AwaitingBids() implements Progress {}

    /** The markup of a bid is followed to its ad. One object a bid, as of a call. */
    static final class Unwrapping implements Progress {
        private final Winner bid;
        private @Nullable Future<?> answer;

        Unwrapping(Winner bid) {
            this.bid = bid;
        }

        void began(Future<?> awaited) {
            answer = awaited;
        }

        Winner bid() {
            return bid;
        }

        /** Ends the call; whatever it still brings is not read. */
        void cancel() {
            if (answer != null) {
                answer.cancel(false);
            }
        }
    }

    /** The ads are there, the money is asked for. */
    record AwaitingGrant(Buyer buyer, Campaign campaign, List<Material> ads) implements Progress {}

    record Decided(SlotAnswer answer) implements Progress {}
}
