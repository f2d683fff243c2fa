package millrace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static millrace.e2e.Examples.ownCampaign;
import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.pooledCampaign;
import static millrace.e2e.World.PATIENCE;
import static millrace.e2e.World.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import millrace.config.Settings;
import millrace.devkit.stack.PipelineSettings;
import millrace.devkit.stack.TopicReader;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.Mode;
import millrace.gateway.Gateway;
import millrace.schemas.AdEvent;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Players and exchanges over HTTP, through a gateway and a pipeline on real brokers. */
class GatewayTest {
    private static final Pattern TOKEN = Pattern.compile("https://ads\\.example/e/([A-Za-z0-9_-]{48})/impression");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static World world;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        world = World.of("gateway", settings -> settings.with(Settings.DELIVERY_BEACON_URL, "https://ads.example/e"));
        for (String name : List.of("good", "slow", "nothing")) {
            world.stack.put(placement(name).build());
        }
        world.stack.put(ownCampaign("good", "good").build());
        world.stack.put(placement("breaks").build());
        for (int i = 1; i <= 4; i++) {
            world.stack.put(ownCampaign("break-" + i, "breaks").build());
        }
        world.upstream("hangs", hanging());
        world.stack.put(pooledCampaign("slow", "slow", "hangs").build());
        world.stack.run();
        gateway = gateway(world.stack.settings());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        world.close();
    }

    private static Behaviour hanging() {
        return Behaviour.ofTenAds("never").with(Mode.HANG);
    }

    private static Gateway gateway(PipelineSettings settings) throws IOException, InterruptedException {
        Gateway started = Gateway.start(
                settings.with(Settings.GATEWAY_PORT, 0)
                        .with(Settings.GATEWAY_ADMIN_PORT, 0)
                        .with(Settings.GATEWAY_DEADLINE_USUAL, "15s")
                        .with(Settings.GATEWAY_DEADLINE_MAX, "20s")
                        .config(),
                line -> {});
        assertThat(started.awaitReady(PATIENCE)).isTrue();
        return started;
    }

    private static HttpRequest.Builder to(Gateway where, String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + where.port() + target))
                .timeout(PATIENCE);
    }

    private static HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return HTTP.send(to(gateway, target).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(Gateway where, String target, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                to(where, target)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String token(String vast) {
        Matcher found = TOKEN.matcher(vast);
        assertThat(found.find()).as("a beacon in %s", vast).isTrue();
        return found.group(1);
    }

    private static String metrics(Gateway of) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.adminPort() + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void playerGetsAnAdAsVastWithOurBeacons() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HTTP.send(
                to(gateway, "/vast?placement=good&version=4.1&user=" + newUser())
                        .header("Origin", "https://player.example")
                        .header("Accept-Encoding", "gzip")
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("https://player.example");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        String vast = new String(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(), UTF_8);
        assertThat(vast).contains("<VAST version=\"4.1\"", "https://media.example/good-film.mp4");
        assertThat(token(vast)).hasSize(48);
    }

    @Test
    void contentGetsItsBreaksAsVmap() throws IOException, InterruptedException {
        String vmap = get("/vmap?placement=good&breaks=start,00:10:00,end&user=" + newUser())
                .body();

        assertThat(vmap)
                .contains("<vmap:VMAP")
                .containsSubsequence("timeOffset=\"start\"", "timeOffset=\"00:10:00\"", "timeOffset=\"end\"")
                .contains("good-film.mp4");
    }

    @Test
    void exchangeGetsABid() throws IOException, InterruptedException {
        HttpResponse<String> answer = post(gateway, "/openrtb2/auction", """
                {"id": "auction-%d", "tmax": 15000, "cur": ["EUR"], "imp": [{"id": "i1", "tagid": "good", "video": {"mimes": ["video/mp4"]}}],
                 "user": {"id": "%s"}}""".formatted(World.number(), newUser()));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode bid = new JsonMapper().readTree(answer.body()).at("/seatbid/0/bid/0");
        assertThat(bid.at("/impid").textValue()).isEqualTo("i1");
        assertThat(bid.at("/price").decimalValue()).isEqualByComparingTo("10");
        assertThat(bid.at("/adm").textValue())
                .contains("good-film.mp4", bid.at("/id").textValue());
    }

    @Test
    void exchangeGetsABidForEachAdOfABreakEachWithItsOwnDocument() throws IOException, InterruptedException {
        HttpResponse<String> answer = post(gateway, "/openrtb2/auction", """
                {"id": "pod-%d", "tmax": 15000, "cur": ["EUR"], "user": {"id": "%s"},
                 "imp": [{"id": "mid", "tagid": "breaks",
                          "video": {"mimes": ["video/mp4"], "poddur": 45, "maxseq": 4, "maxduration": 20, "podid": "p1", "mincpmpersec": 0.5}}]}""".formatted(World.number(), newUser()));

        assertThat(answer.statusCode()).isEqualTo(200);
        List<JsonNode> bids = new ArrayList<>();
        new JsonMapper().readTree(answer.body()).at("/seatbid/0/bid").forEach(bids::add);
        assertThat(bids)
                .as("three of fifteen seconds fill the break")
                .hasSize(3)
                .allSatisfy(bid -> {
                    assertThat(bid.at("/impid").textValue()).isEqualTo("mid");
                    assertThat(bid.at("/dur").intValue()).isEqualTo(15);
                    assertThat(bid.at("/adm").textValue())
                            .startsWith("<VAST ")
                            .containsOnlyOnce("<Ad ")
                            .contains(bid.at("/id").textValue())
                            .doesNotContain(" sequence=");
                });
        assertThat(bids).extracting(bid -> bid.at("/crid").textValue()).doesNotHaveDuplicates();
    }

    @Test
    void playerThatIsOlderGetsAnOlderDocument() throws IOException, InterruptedException {
        assertThat(get("/vast?placement=good&version=2.0&user=" + newUser()).body())
                .contains("<VAST version=\"2.0\"><Ad ", "good-film.mp4", "https://ads.example/e/")
                .doesNotContain("UniversalAdId");
        HttpResponse<String> unknown = get("/vast?placement=good&version=1.0&user=" + newUser());
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).startsWith("version: is '1.0'; allowed is 2.0, 3.0");
    }

    @Test
    void nothingToShowIsAnEmptyDocumentOrNoContent() throws IOException, InterruptedException {
        HttpResponse<String> vast = get("/vast?placement=nothing&user=" + newUser());
        HttpResponse<String> bids = post(
                gateway,
                "/openrtb2/auction",
                "{\"id\": \"empty-" + World.number()
                        + "\", \"tmax\": 15000, \"imp\": [{\"id\": \"1\", \"tagid\": \"nothing\", \"banner\": {}}], \"user\": {\"id\": \""
                        + newUser() + "\"}}");

        assertThat(vast.statusCode()).isEqualTo(200);
        assertThat(vast.body()).contains("<VAST").doesNotContain("<Ad");
        assertThat(bids.statusCode()).isEqualTo(204);
    }

    @Test
    void upstreamThatNeverAnswersCostsThePlayerNoMoreThanItsDeadline() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/vast?placement=slow&deadline=300&user=" + newUser());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<VAST").doesNotContain("<Ad");
    }

    @Test
    void badInputIsToldAndHarmsNobody() throws IOException, InterruptedException {
        assertThat(get("/vast?placement=good")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).startsWith("user: is missing");
        });
        assertThat(get("/vast?placement=nowhere&user=" + newUser())).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("nowhere");
        });
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(post(gateway, "/vast", "").statusCode()).isEqualTo(405);
        assertThat(post(gateway, "/v1/ads", "{\"placement\": 1}").statusCode()).isEqualTo(400);
        assertThat(post(gateway, "/v1/ads", "x".repeat(200_000)).statusCode()).isEqualTo(413);
        assertThat(get("/e/no-token").statusCode()).isEqualTo(400);
    }

    @Test
    void beaconBillsOnceAndAForgedOneNever() throws IOException, InterruptedException {
        TopicReader<Impression> impressions = world.read(world.stack.topics().impressions());
        TopicReader<AdEvent> events = world.read(world.stack.topics().adEvents());
        String token = token(get("/vast?placement=good&user=" + newUser()).body());
        String last = token.endsWith("A") ? "B" : "A";
        String forged = token.substring(0, 47) + last;

        HttpResponse<byte[]> pixel =
                HTTP.send(to(gateway, "/e/" + token + "/impression").build(), BodyHandlers.ofByteArray());
        assertThat(pixel.headers().firstValue("content-type")).contains("image/gif");
        assertThat(post(gateway, "/e/" + token, "").statusCode()).isEqualTo(204);
        assertThat(get("/e/" + token + "/error?code=405").statusCode()).isEqualTo(200);
        assertThat(get("/e/" + forged).statusCode()).isEqualTo(200);

        // The next impression of its partition is behind all of these.
        String next = token(get("/vast?placement=good&user=" + newUser()).body());
        get("/e/" + next);
        impressions.awaitCount(PATIENCE, 2, received -> true);
        events.await(PATIENCE, received -> received.value().getMetadata().containsValue("error"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(events.values(event -> event.getToken().equals(token)))
                                .hasSize(3));
        assertThat(impressions.values(impression -> true))
                .hasSize(2)
                .allSatisfy(impression -> assertThat(impression.getVerdict()).isEqualTo(ImpressionVerdict.BILLED));
        assertThat(events.values(event -> event.getToken().equals(forged))).isEmpty();
        assertThat(metrics(gateway)).contains("millrace_gateway_events_total{outcome=\"forged\"} 1.0");
    }

    @Test
    void twoGatewaysSideBySideGetTheirOwnAnswersOnly() throws IOException, InterruptedException {
        try (Gateway other = gateway(world.stack.settings().with(Settings.GATEWAY_ANSWERS_READ, "uncommitted"))) {
            await().atMost(PATIENCE).until(() -> other.partition() != gateway.partition());
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String id = "side-by-side-" + World.number();
                ids.add(id);
                answers.add(HTTP.sendAsync(
                        to(i % 2 == 0 ? gateway : other, "/v1/ads")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"" + id
                                        + "\", \"placement\": \"good\", \"user\": {\"id\": \"" + newUser() + "\"}}"))
                                .build(),
                        BodyHandlers.ofString()));
            }

            for (int i = 0; i < ids.size(); i++) {
                assertThat(answers.get(i).join().body())
                        .contains("\"requestId\": \"" + ids.get(i) + "\"", "\"outcome\": \"FILLED\"");
            }
            assertThat(metrics(other))
                    .contains("millrace_gateway_replies_total{outcome=\"taken\"} 30.0")
                    .doesNotContain("outcome=\"nobodys\"");
        }
    }

    @Test
    @SuppressWarnings("try") // Closing it is what is tested; once more does nothing.
    void stoppingGatewayAnswersWhatIsInFlightAndTakesNoMore() throws IOException, InterruptedException {
        try (Gateway stopping = gateway(world.stack.settings())) {
            CompletableFuture<HttpResponse<String>> inFlight = HTTP.sendAsync(
                    to(stopping, "/vast?placement=slow&deadline=3000&user=" + newUser())
                            .build(),
                    BodyHandlers.ofString());
            await().atMost(PATIENCE).until(() -> metrics(stopping).contains("millrace_gateway_inflight 1.0"));

            stopping.close();

            assertThat(inFlight.join().statusCode()).isEqualTo(200);
            assertThat(inFlight.join().body()).contains("<VAST");
            assertThatThrownBy(() -> HTTP.send(to(stopping, "/vast").build(), BodyHandlers.ofString()))
                    .isInstanceOf(ConnectException.class);
            assertThat(stopping.isReady()).isFalse();
        }
    }

    @Test
    void gatewayWithoutAPipelineAnswersAtItsDeadline() throws IOException, InterruptedException {
        World nobody = World.of("gateway-alone");
        try (nobody;
                Gateway alone = gateway(nobody.stack.settings())) {
            HttpResponse<String> answer = HTTP.send(
                    to(alone, "/vast?placement=good&deadline=50&user=u").build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("<VAST").doesNotContain("<Ad");
            assertThat(metrics(alone)).contains("outcome=\"deadline\"");
        }
    }
}
