package millrace.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import millrace.config.Settings;
import millrace.devkit.stack.PipelineSettings;
import millrace.devkit.stack.Received;
import millrace.devkit.stack.Services;
import millrace.devkit.stack.Stack;
import millrace.devkit.stack.TestProducer;
import millrace.devkit.stack.TopicReader;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.SimulatedUpstreams;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.SlotAnswer;
import millrace.schemas.Upstream;
import millrace.topics.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;

/** One deployment on services that all end-to-end tests share: its own topics, four partitions, a committed reader of its answers. */
final class World implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name;
    final Stack stack;
    final TopicReader<AdResponse> answers;

    /** Started with the first test that needs it, ended with the tests' process. */
    private static final class Shared {
        static final Services SERVICES = Services.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVICES::close, "end-of-services"));
        }
    }

    private World(String name, PipelineSettings settings) {
        this.name = name;
        this.stack = Stack.prepare(settings);
        this.answers = stack.read(stack.topics().adResponses());
    }

    static World of(String name) {
        return of(name, settings -> settings);
    }

    /** No pipeline runs in it yet. */
    static World of(String name, UnaryOperator<PipelineSettings> changes) {
        return new World(name, changes.apply(settings(name)));
    }

    /** Of a deployment of that name on the shared services. */
    static PipelineSettings settings(String name) {
        return services()
                .settings()
                .with(Settings.TOPICS_PREFIX, name + ".")
                .with(Settings.APPLICATION_ID, "millrace-" + name)
                // Tests share two processors with a broker: only those that are about time are in a hurry.
                .with(Settings.UPSTREAM_TIMEOUT, "10s")
                .with(Settings.UPSTREAM_CONNECT_TIMEOUT, "5s");
    }

    static Services services() {
        return Shared.SERVICES;
    }

    static SimulatedUpstreams upstreams() {
        return Shared.SERVICES.upstreams();
    }

    /** A number that no other call gives. */
    static int number() {
        return NUMBERS.incrementAndGet();
    }

    /** Somebody who has asked for nothing yet. */
    static String newUser() {
        return "user-" + number();
    }

    /** As {@link #newUser}, whose requests belong on that partition. */
    static String newUserOn(int partition) {
        String user = newUser();
        while (partitionOf(user) != partition) {
            user = newUser();
        }
        return user;
    }

    /** By Kafka's own hash. */
    static int partitionOf(String userKey) {
        return Utils.toPositive(Utils.murmur2(userKey.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
    }

    TestProducer producer() {
        return stack.producer();
    }

    <T extends SpecificRecord> TopicReader<T> read(Topic<T> topic) {
        return stack.read(topic);
    }

    /** A VAST server of this world that behaves so, in the catalog. */
    Upstream upstream(String id, Behaviour behaviour) {
        upstreams().define(tag(id), behaviour);
        return upstreamAt(id, upstreams().tag(tag(id)));
    }

    /** An upstream at any URL, in the catalog. */
    Upstream upstreamAt(String id, String url) {
        Upstream upstream = Upstream.newBuilder().setId(id).setUrl(url).build();
        stack.put(upstream);
        return upstream;
    }

    /** What an upstream's path on the simulated servers ends with. */
    String tag(String upstream) {
        return name + "-" + upstream;
    }

    /** How often an upstream's tag was asked for. */
    long calls(String upstream) {
        return upstreams().received().count("/vast/" + tag(upstream));
    }

    /** Asks without waiting for anything. */
    void start(AdRequest request) {
        var _ = producer().start(request);
    }

    /** Asks, and waits for the answer. */
    AdResponse answer(AdRequest request) {
        producer().ask(request);
        return answerTo(request.getId());
    }

    AdResponse answerTo(String requestId) {
        return answers.await(PATIENCE, received -> isTo(requestId, received)).value();
    }

    List<AdResponse> answersTo(String requestId) {
        return answers.values(answer -> answer.getRequestId().equals(requestId));
    }

    static boolean isTo(String requestId, Received<AdResponse> received) {
        return received.value().getRequestId().equals(requestId);
    }

    /** The answer for the request's only slot. */
    SlotAnswer decide(AdRequest request) {
        return answer(request).getSlots().getFirst();
    }

    /** The only ad of a request that is filled. */
    Ad ad(AdRequest request) {
        SlotAnswer slot = decide(request);
        if (slot.getAds().isEmpty()) {
            throw new AssertionError("request " + request.getId() + " got no ad: " + slot);
        }
        return slot.getAds().getFirst();
    }

    @Override
    public void close() {
        stack.close();
    }
}
