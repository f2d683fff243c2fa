package millrace.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import millrace.delivery.SigningKeys;
import millrace.delivery.Token;
import millrace.delivery.Tokens;
import millrace.gateway.ask.Records;
import millrace.gateway.http.Call;
import millrace.gateway.http.Page;
import millrace.schemas.AdEvent;
import millrace.schemas.AdRequest;
import millrace.topics.Topics;
import millrace.wire.InMemorySchemaRegistry;
import millrace.wire.RegistrationPolicy;
import millrace.wire.Wire;
import millrace.wire.WireLimits;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beacons: what is written where, and what is not. */
class EventDoorTest {
    private static final byte[] OLD = "the key of the month before this".getBytes(US_ASCII);
    private static final byte[] NEW = "the key that signs from today on".getBytes(US_ASCII);
    private static final byte[] STRANGE = "the key of somebody else's ads.. ".getBytes(US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Page> pages = new CopyOnWriteArrayList<>();
    private Records records;
    private EventDoor door;

    @BeforeEach
    void open() {
        Wire wire = new Wire(InMemorySchemaRegistry.named("beacons"), WireLimits.DEFAULT);
        wire.register(
                Map.of("ad-requests", AdRequest.getClassSchema(), "ad-events", AdEvent.getClassSchema()),
                RegistrationPolicy.DEFAULT,
                line -> {});
        records = new Records(Topics.plain(), producer, wire, 10);
        door = new EventDoor(
                records,
                4,
                Optional.of(new SigningKeys(Map.of(1, OLD, 2, NEW), 2)),
                InstantSource.system(),
                new GatewayMeters(meters));
    }

    @AfterEach
    void close() {
        records.close();
    }

    private static String token(int key, byte[] secret, int partition) {
        return new Tokens(new SigningKeys(Map.of(key, secret), key))
                .sign(new Token(partition, 7, Instant.now().plusSeconds(600)));
    }

    private Page call(String method, String path) {
        int before = pages.size();
        door.handle(new Call(method, path, Map.of(), Map.of(), new byte[0], "192.0.2.1"), pages::add);
        await().atMost(PATIENCE).until(() -> pages.size() > before);
        return pages.getLast();
    }

    @Test
    void tokensOfTheOldKeyAndOfTheNewAreWrittenToThePartitionThatTheyName() {
        assertThat(call("GET", "/e/" + token(1, OLD, 3)).type()).isEqualTo("image/gif");
        assertThat(call("POST", "/e/" + token(2, NEW, 1) + "/complete").status())
                .isEqualTo(204);

        assertThat(producer.history())
                .extracting(record -> record.topic() + "-" + record.partition())
                .containsExactly("ad-events-3", "ad-events-1");
    }

    @Test
    void forgedTokenIsCountedAndAnsweredAsIfItWereGood() {
        assertThat(call("GET", "/e/" + token(2, STRANGE, 1)).type()).isEqualTo("image/gif");
        assertThat(call("GET", "/e/" + token(9, STRANGE, 1)).status()).isEqualTo(200);

        assertThat(producer.history()).isEmpty();
        assertThat(meters.scrape()).contains("millrace_gateway_events_total{outcome=\"forged\"} 2.0");
    }

    @Test
    void whatIsNoTokenOfThisDeploymentOrNoEventIsToldSo() {
        assertThat(call("GET", "/e/none").status()).isEqualTo(400);
        assertThat(call("GET", "/e/" + token(2, NEW, 4)).status())
                .as("a partition that is not there")
                .isEqualTo(400);
        assertThat(call("GET", "/e/" + token(2, NEW, 1) + "/applause").status()).isEqualTo(400);

        assertThat(producer.history()).isEmpty();
        assertThat(meters.scrape()).contains("millrace_gateway_events_total{outcome=\"malformed\"} 3.0");
    }
}
