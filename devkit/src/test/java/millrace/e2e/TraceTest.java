package millrace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.World.PATIENCE;
import static millrace.e2e.World.newUser;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.config.Settings;
import millrace.devkit.http.Request;
import millrace.devkit.stack.Received;
import millrace.devkit.upstreams.Behaviour;
import millrace.gateway.Gateway;
import org.junit.jupiter.api.Test;

/** A trace from a player's call to the upstream, over brokers, and back on the records. */
class TraceTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-";
    private static final Pattern BEACON = Pattern.compile("https://ads\\.example(/e/[A-Za-z0-9_-]+/impression)");
    private static final String OF_THE_PLAYER = TRACE + "b7ad6b7169203331-01";
    private static final String OF_THE_BEACON = TRACE + "00000000000000b2-01";

    private static String get(int port, String target, String parent) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                                    .header("traceparent", parent)
                                    .header("tracestate", "vendor=1")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private static String trace(Received<?> record) {
        return new String(record.header("traceparent").orElseThrow(), UTF_8);
    }

    @Test
    void playersTraceReachesTheUpstreamTheRecordsAndTheImpression() throws IOException, InterruptedException {
        try (World world = World.of(
                        "trace",
                        settings -> settings.with(Settings.DELIVERY_BEACON_URL, "https://ads.example/e")
                                .with(Settings.GATEWAY_PORT, 0)
                                .with(Settings.GATEWAY_ADMIN_PORT, 0));
                var served = world.read(world.stack.topics().servedAds());
                var impressions = world.read(world.stack.topics().impressions())) {
            world.stack.put(placement("film").build());
            world.upstream("ads", Behaviour.ofTenAds("ads"));
            world.stack.put(pooledCampaign("film", "film", "ads").build());
            world.stack.run();
            try (Gateway gateway = Gateway.start(world.stack.config(), line -> {})) {
                assertThat(gateway.awaitReady(PATIENCE)).isTrue();

                String vast =
                        get(gateway.port(), "/vast?placement=film&deadline=9000&user=" + newUser(), OF_THE_PLAYER);

                assertThat(vast).contains("<Ad");
                Request call = World.upstreams()
                        .received()
                        .of("/vast/" + world.tag("ads"))
                        .getLast();
                assertThat(call.header("traceparent").orElseThrow())
                        .matches(TRACE + "[0-9a-f]{16}-01")
                        .isNotEqualTo(OF_THE_PLAYER);
                assertThat(call.header("tracestate")).contains("vendor=1");
                Received<?> ad = served.await(PATIENCE, record -> true);
                assertThat(trace(ad)).isEqualTo(OF_THE_PLAYER);

                Matcher beacon = BEACON.matcher(vast);
                assertThat(beacon.find()).as("a beacon in %s", vast).isTrue();
                get(gateway.port(), beacon.group(1), OF_THE_BEACON);

                assertThat(trace(impressions.await(PATIENCE, record -> true))).isEqualTo(OF_THE_BEACON);
            }
        }
    }
}
