package millrace.devkit.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import millrace.devkit.broker.EmbeddedBroker;
import millrace.devkit.load.HttpTransport;
import millrace.devkit.load.KafkaTransport;
import millrace.devkit.load.Load;
import millrace.devkit.load.LoadListener;
import millrace.devkit.load.LoadPlan;
import millrace.devkit.load.LoadReport;
import millrace.devkit.pipeline.PipelineCommand;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.registry.EmbeddedRegistry;
import millrace.devkit.stack.Ports;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.SimulatedUpstreams;
import millrace.schemas.AdRequest;
import millrace.schemas.Campaign;
import millrace.schemas.Placement;
import millrace.schemas.Upstream;
import millrace.topics.Topics;
import millrace.wire.RegistrationPolicy;
import millrace.wire.RegistrySettings;
import millrace.wire.Wire;
import org.apache.avro.Schema;

/**
 * One bench from an empty machine to its figures: broker, registry, upstreams and load in this process, the pipeline as a process of its
 * own, so that its cost can be told from theirs.
 */
final class BenchRun {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final int PROBES = 20;

    private final BenchPlan plan;
    private final Function<Path, PipelineCommand> pipelineOf;
    private final Path directory;
    private final Consumer<String> progress;
    private final RandomGenerator random;
    private final Topics topics = Topics.plain();

    /**
     * @param pipelineOf the pipeline's command for a configuration file
     * @param directory that is the bench's own
     * @param progress is told each step
     */
    BenchRun(
            BenchPlan plan,
            Function<Path, PipelineCommand> pipelineOf,
            Path directory,
            Consumer<String> progress,
            RandomGenerator random) {
        this.plan = plan;
        this.pipelineOf = pipelineOf;
        this.directory = directory;
        this.progress = progress;
        this.random = random;
    }

    /**
     * @param then rates at which the same is measured after it, in the same processes
     * @throws IllegalStateException if a part does not come up, or no request is filled before the load begins
     */
    List<BenchReport> run(List<Integer> then) throws IOException, InterruptedException {
        progress.accept("starting broker, registry and upstreams");
        try (var broker = EmbeddedBroker.started();
                var registry = EmbeddedRegistry.started();
                var upstreams = SimulatedUpstreams.start(0, random.nextLong());
                var wire = Wire.open(RegistrySettings.of(registry.url()))) {
            var catalog = new BenchCatalog(topics, wire, plan.bidders());
            catalog.upstreams()
                    .forEach(name ->
                            upstreams.define(name, Behaviour.ofTenAds(name).with(plan.upstreamLatency())));
            wire.register(schemas(), RegistrationPolicy.DEFAULT, progress);
            int adminPort = Ports.anyFree();
            int gatewayPort = Ports.anyFree();
            int gatewayAdmin = Ports.anyFree();
            Path config = directory.resolve("millrace.toml");
            Files.writeString(
                    config,
                    new BenchConfig(plan, broker.bootstrapServers(), registry.url(), adminPort, directory, random)
                            .gateway(plan, gatewayPort, gatewayAdmin)
                            .toml());
            progress.accept("starting the pipeline");
            try (var pipeline = PipelineProcess.start(
                    pipelineOf.apply(config),
                    directory.resolve("pipeline.log"),
                    URI.create("http://127.0.0.1:" + adminPort))) {
                pipeline.awaitReady(READY_WITHIN);
                catalog.publish(broker.bootstrapServers(), plan.bidders() == 0 ? upstreams::tag : upstreams::bidder);
                awaitCatalog(broker, wire);
                return plan.door() == BenchPlan.Door.KAFKA
                        ? measured(then, pipeline, Optional.empty(), (it, listener) -> load(it, broker, wire, listener))
                        : throughGateway(then, pipeline, config, gatewayPort, gatewayAdmin);
            }
        }
    }

    private List<BenchReport> throughGateway(
            List<Integer> then, PipelineProcess pipeline, Path config, int port, int adminPort)
            throws InterruptedException {
        progress.accept("starting the gateway");
        try (var gateway = PipelineProcess.start(
                pipelineOf.apply(config).running("gateway"),
                directory.resolve("gateway.log"),
                URI.create("http://127.0.0.1:" + adminPort))) {
            gateway.awaitReady(READY_WITHIN);
            return measured(then, pipeline, Optional.of(gateway), (it, listener) -> players(it, port, listener));
        }
    }

    /** Of what the bench itself writes. */
    private Map<String, Schema> schemas() {
        return Map.of(
                topics.adRequests().name(), AdRequest.getClassSchema(),
                topics.campaigns().name(), Campaign.getClassSchema(),
                topics.upstreams().name(), Upstream.getClassSchema(),
                topics.placements().name(), Placement.getClassSchema());
    }

    private void awaitCatalog(EmbeddedBroker broker, Wire wire) throws InterruptedException {
        progress.accept("waiting for the first ad");
        LoadReport last = load(plan.probe(), broker, wire, new LoadListener() {});
        for (int i = 1; i < PROBES && last.filled() < last.offered(); i++) {
            last = load(plan.probe(), broker, wire, new LoadListener() {});
        }
        if (last.filled() == 0) {
            throw new IllegalStateException("no request is filled: of " + last.offered() + " " + last.lost()
                    + " had no answer, the others " + last.noFillByReason());
        }
    }

    /** One way to ask. */
    private interface Asked {
        LoadReport load(LoadPlan loadPlan, LoadListener listener) throws InterruptedException;
    }

    private List<BenchReport> measured(
            List<Integer> then, PipelineProcess pipeline, Optional<PipelineProcess> gateway, Asked asked)
            throws InterruptedException {
        List<BenchReport> reports = new ArrayList<>();
        List<BenchPlan> plans = new ArrayList<>(List.of(plan));
        then.forEach(rate -> plans.add(plan.at(rate)));
        for (BenchPlan each : plans) {
            var gauge = new PipelineGauge(pipeline, gateway, progress);
            reports.add(gauge.report(each, asked.load(each.load(), gauge)));
        }
        return reports;
    }

    private LoadReport players(LoadPlan loadPlan, int port, LoadListener listener) throws InterruptedException {
        try (var transport = new HttpTransport(port)) {
            return Load.ofPlayers(loadPlan, random.nextInt(), BenchCatalog.DEADLINE, transport, listener)
                    .run();
        }
    }

    private LoadReport load(LoadPlan loadPlan, EmbeddedBroker broker, Wire wire, LoadListener listener)
            throws InterruptedException {
        String requests = topics.adRequests().name();
        try (var transport = new KafkaTransport(
                broker.bootstrapServers(), requests, topics.adResponses().name(), plan.reader())) {
            return new Load(loadPlan, random.nextInt(), wire, requests, transport, InstantSource.system(), listener)
                    .run();
        }
    }
}
