package millrace.decision;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import millrace.budget.Budgets;
import millrace.caps.FrequencyCaps;
import millrace.delivery.Delivery;
import millrace.delivery.Reservations;
import millrace.delivery.Tokens;
import millrace.impression.Impressions;
import millrace.rotation.Rotation;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.selection.Selection;
import millrace.session.Sessions;
import millrace.topics.Topic;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** Puts the rooms of one partition together, anew for each life of the decision node. */
public final class DecisionAssembly {
    private final Shared shared;
    private final Topic<AdResponse> answers;

    /** @param answers whose schema the journal's incomplete answers have too */
    public DecisionAssembly(Shared shared, Topic<AdResponse> answers) {
        this.shared = shared;
        this.answers = answers;
    }

    /** The stores of the decision node. */
    public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> stores = new HashSet<>(FrequencyCaps.stores(shared.caps()));
        stores.addAll(Set.of(
                Journal.store(), RecentRequests.store(), Sessions.store(), Budgets.store(), Reservations.store()));
        return stores;
    }

    public DecisionNode node() {
        return new DecisionNode(shared.decision(), shared.auctions(), this::parts);
    }

    private DecisionParts parts(ProcessorContext<String, Object> context) {
        Exits exits = new Exits(context);
        Rooms rooms = rooms(context, exits);
        BidNotices notices = new BidNotices(exits, shared.meters());
        Serving serving = new Serving(
                rooms,
                exits,
                shared.wire().writer(answers.name(), answers.value()),
                notices,
                shared.auctions().display());
        Reopening reopening = new Reopening(
                shared.wire().reader(AdRequest.class),
                shared.wire().reader(AdResponse.class),
                shared.replies(),
                shared.sessions().unnamed(),
                rooms.journal());
        return new DecisionParts(rooms, serving, new Confirmations(rooms, exits, notices), reopening);
    }

    /** Chance has a fast source of its own here, begun by the one for secrets. */
    private Rotation rotation() {
        return shared.rotations()
                .open(
                        shared.nanoTime(),
                        RandomGeneratorFactory.of("L64X128MixRandom")
                                .create(shared.random().nextLong()));
    }

    private Rooms rooms(ProcessorContext<String, Object> context, Exits exits) {
        int partition = context.taskId().partition();
        Instant now = shared.clock().instant();
        Tokens tokens = new Tokens(shared.signingKeys());
        return new Rooms(
                shared.catalog(),
                new Sessions(context.getStateStore(Sessions.STORE), shared.sessions()),
                new Selection(shared.catalog()),
                rotation(),
                shared.upstream(),
                shared.bidders(),
                new FrequencyCaps(
                        context.getStateStore(FrequencyCaps.STORE),
                        context.getStateStore(FrequencyCaps.LIFETIME),
                        shared.caps(),
                        shared.catalog()::lifetime),
                new Budgets(context.getStateStore(Budgets.STORE), partition, shared.budget(), exits::report, now),
                new Reservations(
                        context.getStateStore(Reservations.STORE),
                        partition,
                        tokens,
                        shared.delivery(),
                        shared.random()),
                new Delivery(shared.delivery(), shared.documents()),
                new Impressions(tokens, partition),
                new RecentRequests(
                        context.getStateStore(RecentRequests.STORE),
                        shared.decision().duplicates()),
                new Journal(
                        context.getStateStore(Journal.STORE), shared.decision().inFlight()),
                shared.meters(),
                shared.clock(),
                shared.nanoTime());
    }
}
