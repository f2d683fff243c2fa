package millrace;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import millrace.catalog.CatalogReader;
import millrace.catalog.CatalogTopics;
import millrace.catalog.LiveCatalog;
import millrace.config.Config;
import millrace.config.Settings;
import millrace.decision.DecisionMeters;
import millrace.decision.Shared;
import millrace.delivery.SigningKeys;
import millrace.intake.IntakeCounts;
import millrace.intake.ReplyTopics;
import millrace.rotation.RotationListener;
import millrace.rotation.Rotations;
import millrace.topics.Topics;
import millrace.upstream.BidAnswer;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamFailure;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.kafka.streams.Topology;

/** The topology of a configuration, to be looked at and not run: nothing is reached for it, and its upstreams never answer. */
public final class Blueprint {
    private Blueprint() {}

    public static Topology topology(Config config) {
        RoomSettings rooms = new RoomSettings(config);
        LiveCatalog catalog = new LiveCatalog();
        Wire wire = Wire.open(RegistrySettings.of("mock://blueprint"));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Shared shared = new Shared(
                wire,
                catalog,
                call -> CompletableFuture.completedFuture(
                        new Resolution.Failed(new UpstreamFailure.Cancelled("this is a drawing"))),
                call -> CompletableFuture.completedFuture(
                        BidAnswer.nothing(call.bidder().id(), BidAnswer.Kind.NOT_ASKED, "this is a drawing")),
                new SigningKeys(Map.of(0, new byte[32]), 0),
                new ReplyTopics(Map.of()),
                rooms.decision(),
                rooms.auctions(),
                rooms.sessions(),
                rooms.caps(),
                rooms.budget(),
                rooms.delivery(),
                rooms.documents(),
                new DecisionMeters(meters),
                Rotations.of(rooms.rotation(), RotationListener.NOBODY),
                InstantSource.system(),
                System::nanoTime,
                RandomGenerator.getDefault());
        CatalogReader rules = new CatalogReader(config.get(Settings.CAPS_MAX_WINDOW), rooms.upstreamTimeout());
        return AdTopology.of(new Nodes(
                shared,
                new Nodes.Edges(
                        Topics.prefixed(config.get(Settings.TOPICS_PREFIX)),
                        config.get(Settings.TOPICS_PARTITIONS),
                        catalog,
                        CatalogTopics.Readers.over(wire, rules, reason -> false),
                        refusal -> {},
                        new IntakeCounts(meters))));
    }
}
