package millrace.decision;

import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import millrace.catalog.Campaign;
import millrace.rotation.UpstreamLease;
import millrace.schemas.NoFillReason;
import millrace.schemas.Slot;
import millrace.schemas.SlotAnswer;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;

/** How far one slot of a request in flight has come. For the stream thread only. */
final class SlotRun {
    final Slot slot;
    /** Who may still compete, best first. */
    final Deque<Campaign> candidates;
    /** Upstreams that failed for this slot already. */
    final Set<String> failed = new HashSet<>();

    Progress progress = new Choosing();
    NoFillReason reason;
    int notices;

    SlotRun(Slot slot, Deque<Campaign> candidates, NoFillReason reason) {
        this.slot = slot;
        this.candidates = candidates;
        this.reason = reason;
    }

    /**
     * <pre>
     * Choosing ──► Calling ──► Choosing ...        an upstream had nothing, or was refused
     *    │            └──────► AwaitingGrant ──► Choosing | Decided
     *    └──────────────────────────────────────► Decided
     * </pre>
     */
    sealed interface Progress {}

    record Choosing() implements Progress {}

    /** Identity tells one call from another: only the answer of the call that the slot waits for counts. */
    record Calling(Campaign campaign, UpstreamLease lease, CompletableFuture<Resolution> call) implements Progress {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** The ads are there, the money is asked for. */
    record AwaitingGrant(Campaign campaign, Optional<String> upstream, List<ResolvedAd> ads) implements Progress {}

    record Decided(SlotAnswer answer) implements Progress {}
}
