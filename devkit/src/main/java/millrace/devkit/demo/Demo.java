package millrace.devkit.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import millrace.catalog.file.CatalogChanges;
import millrace.catalog.file.CatalogChanges.Change;
import millrace.devkit.stack.Received;
import millrace.devkit.stack.Services;
import millrace.devkit.stack.Stack;
import millrace.devkit.stack.TopicReader;
import millrace.schemas.Campaign;
import millrace.schemas.Impression;
import millrace.schemas.ServedAd;
import millrace.upstream.http.NameLookup;

/** One run from an empty disk to the summary. Whatever it made is gone when it ends. */
final class Demo {
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(12);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    private final int requests;
    private final int viewers;
    private final long seed;
    private final InstantSource clock;
    private final PrintWriter out;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<Duration> took = new ArrayList<>();

    Demo(int requests, int viewers, long seed, InstantSource clock, PrintWriter out) {
        this.requests = requests;
        this.viewers = viewers;
        this.seed = seed;
        this.clock = clock;
        this.out = out;
    }

    /** @return whether every request was answered */
    boolean run() {
        say("starting Kafka, a schema registry and simulated upstreams in this process");
        try (Services services = Services.start();
                Stack stack = Stack.prepare(services.settings())) {
            ExampleWorld.populate(services.upstreams());
            CatalogChanges catalog =
                    ExampleWorld.catalog(stack.config(), services.upstreams().port());
            stack.apply(catalog);
            say("applied examples/campaigns.yaml: " + catalog.size() + " records");
            int adminPort = stack.run(NameLookup.SYSTEM, this::say).adminPort();
            say("the pipeline runs; a few test requests warm it up");
            Traffic traffic = new Traffic(stack, new Audience(viewers, "demo", seed, clock), clock);
            traffic.warmUp(new Audience(viewers, "warm-up", seed, clock));
            say(requests + " requests of " + viewers + " fictitious viewers follow");
            say("");
            return run(stack, traffic, catalog, adminPort);
        }
    }

    private boolean run(Stack stack, Traffic traffic, CatalogChanges catalog, int adminPort) {
        TopicReader<ServedAd> served = stack.read(stack.topics().servedAds());
        TopicReader<Impression> impressions = stack.read(stack.topics().impressions());
        Instant begin = clock.instant();
        say(DecisionLine.heading());
        Thread.ofPlatform().daemon().name("demo-viewers").start(() -> traffic.ask(requests, BETWEEN_REQUESTS));
        boolean answered = follow(traffic);
        Duration lasted = Duration.between(begin, clock.instant());
        traffic.end();
        impressions.awaitCount(PATIENCE, traffic.shown(), received -> true);
        say("");
        new Summary(
                        requests,
                        viewers,
                        lasted,
                        outcomes,
                        took,
                        Ledgers.of(campaigns(catalog), decided(served), values(impressions)),
                        Metrics.of(adminPort))
                .lines()
                .forEach(this::say);
        return answered;
    }

    /** Until all are answered, or nothing more comes. */
    private boolean follow(Traffic traffic) {
        Instant end = clock.instant().plus(PATIENCE);
        int answers = 0;
        while (answers < requests && clock.instant().isBefore(end)) {
            int more = traffic.follow(POLL, this::seen);
            answers += more;
            if (more > 0) {
                end = clock.instant().plus(PATIENCE);
            }
        }
        return answers >= requests;
    }

    private void seen(Traffic.Answered answered, String line) {
        say(line);
        took.add(answered.took());
        outcomes.merge(DecisionLine.outcome(answered.answer().getSlots().getFirst()), 1, Integer::sum);
    }

    private static List<Campaign> campaigns(CatalogChanges catalog) {
        return catalog.campaigns().stream()
                .map(Change::record)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Without the test ads of the warming up. */
    private static List<ServedAd> decided(TopicReader<ServedAd> served) {
        return served.values(ad -> !ad.getTest());
    }

    private static <T> List<T> values(TopicReader<T> reader) {
        return reader.records().stream().map(Received::value).toList();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
