package millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static millrace.Examples.ad;
import static millrace.Examples.placement;
import static millrace.Examples.pooled;
import static millrace.Examples.request;
import static millrace.Examples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.schemas.Placement;
import millrace.schemas.PlacementAuction;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamProtocol;
import millrace.topics.Topic;
import millrace.trace.TraceContext;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The trace of a request goes with everything that is made of it. */
class TraceTopologyTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final TopologyWorld world = new TopologyWorld();

    @BeforeEach
    void catalog() {
        world.apply(placement("preroll"));
        world.apply(upstream("tag"));
        world.apply(pooled("c1", "tag").build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static RecordHeaders headers(String parent, String state) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("kafka_correlationId", new byte[] {7});
        headers.add("kafka_replyTopic", "replies".getBytes(UTF_8));
        headers.add("kafka_replyPartition", ByteBuffer.allocate(4).putInt(0).array());
        headers.add("traceparent", parent.getBytes(UTF_8));
        headers.add("tracestate", state.getBytes(UTF_8));
        return headers;
    }

    private void answer() {
        world.answer(new Resolution.Filled(
                List.of(ad("a")), Map.of(), List.of(new ErrorPing("https://ads.example/error", 303))));
    }

    private <V extends SpecificRecord> Optional<String> traceOn(Topic<V> topic) {
        return Optional.ofNullable(world.records(topic).getFirst().headers().lastHeader("traceparent"))
                .map(header -> new String(header.value(), UTF_8));
    }

    @Test
    void traceGoesToTheUpstreamAndOnWhatIsMadeOfTheRequest() {
        world.request(request("r1", "u1"), headers(PARENT, "vendor=1"));
        Optional<TraceContext> called = world.asked.getFirst().call().context().trace();
        answer();

        assertThat(called).contains(new TraceContext(PARENT, "vendor=1"));
        assertThat(world.replies("replies")
                        .getFirst()
                        .headers()
                        .lastHeader("traceparent")
                        .value())
                .asString(UTF_8)
                .isEqualTo(PARENT);
        assertThat(traceOn(world.topics.servedAds())).contains(PARENT);
        assertThat(traceOn(world.topics.notices())).contains(PARENT);
    }

    @Test
    void traceGoesToBidders() {
        world.apply(Upstream.newBuilder(upstream("east"))
                .setProtocol(UpstreamProtocol.OPENRTB)
                .build());
        world.apply(Placement.newBuilder(placement("preroll"))
                .setAuction(PlacementAuction.newBuilder()
                        .setBidders(List.of("east"))
                        .build())
                .build());

        world.request(request("r1", "u1"), headers(PARENT, ""));

        assertThat(world.invited.getFirst().call().trace()).contains(new TraceContext(PARENT, ""));
    }

    @Test
    void malformedTraceIsForgottenAndHarmsNobody() {
        world.request(request("r1", "u1"), headers("00-trace\r\nHost: evil", "vendor=1"));
        Optional<TraceContext> called = world.asked.getFirst().call().context().trace();
        answer();

        assertThat(called).isEmpty();
        assertThat(world.replies("replies").getFirst().headers().toArray())
                .extracting(Header::key)
                .contains("kafka_correlationId")
                .doesNotContain("traceparent", "tracestate");
        assertThat(traceOn(world.topics.servedAds())).isEmpty();
    }
}
