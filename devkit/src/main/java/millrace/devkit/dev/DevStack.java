package millrace.devkit.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import millrace.catalog.file.CatalogChanges;
import millrace.config.Settings;
import millrace.devkit.demo.Audience;
import millrace.devkit.demo.DecisionLine;
import millrace.devkit.demo.ExampleWorld;
import millrace.devkit.demo.Traffic;
import millrace.devkit.stack.PipelineSettings;
import millrace.devkit.stack.Ports;
import millrace.devkit.stack.Services;
import millrace.devkit.stack.Stack;
import millrace.gateway.Gateway;
import millrace.upstream.http.NameLookup;

/** The stack on its well-known ports, with the example catalog; runs until it is closed. */
final class DevStack implements AutoCloseable {
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int VIEWERS = 60;

    private final Services services;
    private final Stack stack;
    private final InstantSource clock;
    private final Consumer<String> say;
    private Optional<Traffic> traffic = Optional.empty();
    private Optional<Gateway> gateway = Optional.empty();
    private volatile boolean ended;

    private DevStack(Services services, Stack stack, InstantSource clock, Consumer<String> say) {
        this.services = services;
        this.stack = stack;
        this.clock = clock;
        this.say = say;
    }

    /**
     * Without a pipeline and without traffic so far.
     *
     * @param say takes a line for each part that is up
     */
    static DevStack start(Ports ports, InstantSource clock, Consumer<String> say) {
        Services services = Services.start(ports, say);
        try {
            Stack stack = Stack.prepare(settings(services, ports));
            DevStack dev = new DevStack(services, stack, clock, say);
            dev.populate();
            return dev;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private static PipelineSettings settings(Services services, Ports ports) {
        PipelineSettings settings = services.settings()
                .with(Settings.ADMIN_PORT, ports.admin())
                .with(Settings.GATEWAY_PORT, ports.gateway())
                .with(Settings.GATEWAY_ADMIN_PORT, 0);
        // Where the gateway listens is known before it does, or nobody is told.
        return ports.gateway() == 0
                ? settings
                : settings.with(Settings.DELIVERY_BEACON_URL, "http://127.0.0.1:" + ports.gateway() + "/e");
    }

    private void populate() {
        ExampleWorld.populate(services.upstreams());
        CatalogChanges catalog =
                ExampleWorld.catalog(stack.config(), services.upstreams().port());
        stack.apply(catalog);
        say.accept("catalog          examples/campaigns.yaml, " + catalog.size() + " records");
    }

    /** Starts the pipeline and a gateway, and returns when it decides at its usual pace: the first requests of a person shall not be late. */
    void decide() {
        int port = stack.run(NameLookup.SYSTEM, say).adminPort();
        say.accept("admin            http://127.0.0.1:" + port + "/status");
        say.accept("warming up       with test requests, which count nowhere");
        try (Traffic first = new Traffic(stack, audience("dev"), clock)) {
            first.warmUp(audience("warm-up"));
        }
        say.accept("gateway          http://127.0.0.1:" + listen().port() + "/vast?placement=preroll&user=u1");
    }

    private Gateway listen() {
        try {
            Gateway started = Gateway.start(stack.config(), say);
            gateway = Optional.of(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway does not start: " + e.getMessage(), e);
        }
    }

    private Audience audience(String name) {
        String run = name + "-" + Long.toString(clock.millis(), Character.MAX_RADIX);
        return new Audience(VIEWERS, run, clock.millis(), clock);
    }

    /** Lets fictitious viewers ask for an ad twice a second. */
    void trickle() {
        Traffic started = new Traffic(stack, audience("dev"), clock);
        traffic = Optional.of(started);
        say.accept(DecisionLine.heading());
        daemon("dev-viewers", () -> started.ask(Integer.MAX_VALUE, BETWEEN_REQUESTS));
        daemon("dev-answers", () -> follow(started));
    }

    private void follow(Traffic started) {
        while (!ended) {
            started.follow(POLL, (answered, line) -> say.accept(line));
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    @Override
    public void close() {
        try (services;
                stack) {
            ended = true;
            traffic.ifPresent(Traffic::end);
            gateway.ifPresent(Gateway::close);
        }
    }
}
