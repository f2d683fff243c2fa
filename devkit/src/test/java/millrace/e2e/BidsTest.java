package millrace.e2e;

import static millrace.e2e.Examples.placement;
import static millrace.e2e.Examples.request;
import static millrace.e2e.World.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import millrace.config.Settings;
import millrace.devkit.pipeline.PipelineProcess;
import millrace.devkit.stack.TopicReader;
import millrace.devkit.upstreams.Behaviour;
import millrace.devkit.upstreams.Content;
import millrace.devkit.upstreams.Latency;
import millrace.devkit.upstreams.Mode;
import millrace.devkit.upstreams.SimulatedAd;
import millrace.devkit.upstreams.SimulatedMedia;
import millrace.money.Cpm;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.CapScope;
import millrace.schemas.CurrencyRates;
import millrace.schemas.Deal;
import millrace.schemas.Notice;
import millrace.schemas.NoticeKind;
import millrace.schemas.PlacementAuction;
import millrace.schemas.Pod;
import millrace.schemas.PodSeparation;
import millrace.schemas.Slot;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Auctions of ten bidders over HTTP, some of whom do everything wrong; then one whose pipeline dies. */
class BidsTest {
    private static final Path OUTPUT = Path.of("target", "bids-test");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CRASH_REQUESTS = 60;
    private static final List<String> BIDDERS =
            List.of("best", "second", "third", "none", "empty", "broken", "large", "silent", "typed", "mistaken");

    private static World world;
    private static TopicReader<Notice> notices;

    @BeforeAll
    static void start() {
        world = World.of("bids", settings -> settings.with(Settings.UPSTREAM_TIMEOUT, "1500ms"));
        notices = world.read(world.stack.topics().notices());
        bidder("best", ads("best", 5_000_000, 1));
        bidder("second", ads("second", 4_000_000, 3));
        bidder("third", ads("third", 3_000_000, 3).with(Latency.millis(20)));
        bidder("none", ads("none", 9_000_000, 1).with(Mode.NO_CONTENT));
        bidder("empty", ads("empty", 9_000_000, 1).with(Mode.EMPTY));
        bidder("broken", ads("broken", 9_000_000, 1).with(Mode.MALFORMED));
        bidder("large", ads("large", 9_000_000, 1).with(Mode.OVERSIZED));
        bidder("typed", ads("typed", 9_000_000, 1).with(Mode.WRONG_TYPE));
        bidder("mistaken", ads("mistaken", 9_000_000, 1).with(Mode.WRONG_ID));
        bidder("silent", ads("silent", 9_000_000, 1).with(Mode.HANG));
        bidder("slow", ads("slow", 4_000_000, "EUR", 1).with(Latency.millis(1_000)));
        world.stack.put(new CurrencyRates("EUR", Map.of("USD", "1.25")));
        world.stack.put(placement("auction")
                .setCurrency("USD")
                .setAuction(bidders(BIDDERS))
                .build());
        world.stack.put(placement("capped")
                .setCurrency("USD")
                .setCaps(Examples.hourly(CapScope.ADVERTISER, 1))
                .setAuction(bidders(List.of("best", "second")))
                .build());
        world.stack.put(placement("crash")
                .setCurrency("USD")
                .setAuction(bidders(List.of("slow", "second")))
                .build());
    }

    private static PlacementAuction bidders(List<String> ids) {
        return PlacementAuction.newBuilder().setBidders(ids).build();
    }

    private static void bidder(String id, Behaviour behaviour) {
        World.upstreams().define(world.tag(id), behaviour);
        world.stack.put(Upstream.newBuilder()
                .setId(id)
                .setProtocol(UpstreamProtocol.OPENRTB)
                .setUrl(World.upstreams().bidder(world.tag(id)))
                .build());
    }

    /** Of as many advertisers, 15 s each, all at one price. */
    private static Behaviour ads(String name, long micros, int count) {
        return ads(name, micros, "USD", count);
    }

    private static Behaviour ads(String name, long micros, String currency, int count) {
        return Behaviour.serving(new Content.Inventory(Stream.iterate(1, number -> number + 1)
                .limit(count)
                .map(number -> new SimulatedAd(
                        name + "-" + number,
                        name + "-" + number + ".example",
                        "Ad",
                        Duration.ofSeconds(15),
                        new Cpm(micros),
                        currency,
                        List.of(new SimulatedMedia("https://media.example/a.mp4", "video/mp4", 640, 360, 800))))
                .toList()));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static AdRequest.Builder auction(String placement) {
        return request(newUser(), placement).setAuctionType(2);
    }

    private static List<Notice> noticesOf(AdRequest request, NoticeKind kind) {
        return notices.values(notice -> notice.getRequestId().equals(request.getId()) && notice.getKind() == kind);
    }

    /** The whole story on one pipeline: each part needs it running, and only the last one needs it to die. */
    @Test
    void auctionOfTenBiddersComesOutAsItsRulesSay() {
        world.stack.run();
        try {
            secondPriceWithAFloorAndNoticesOnce();
            dealIsBidForAtItsOwnPrice();
            cappedAdvertiserLosesToTheNextBid();
            breakIsFilledByTheBestOfAllBidders();
        } finally {
            world.stack.stop();
        }
    }

    private void secondPriceWithAFloorAndNoticesOnce() {
        AdRequest request = auction("auction").setFloorCpmMicros(3_500_000L).build();
        Ad ad = world.ad(request);

        assertThat(ad.getUpstream()).isEqualTo("best");
        assertThat(ad.getPriceCpmMicros()).as("the runner-up and a cent").isEqualTo(4_010_000);
        assertThat(ad.getMedia()).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(noticesOf(request, NoticeKind.WIN)).hasSize(1));
        assertThat(noticesOf(request, NoticeKind.WIN).getFirst().getUrl()).endsWith("creative=best-1&price=4.01");
        assertThat(noticesOf(request, NoticeKind.LOSS))
                .as("a bidder that heeds the floor makes no bid below it")
                .extracting(Notice::getUpstream, Notice::getCode)
                .containsExactlyInAnyOrder(tuple("second", 102), tuple("mistaken", 5));
        for (int i = 0; i < 2; i++) {
            world.producer().shown(ad.getToken());
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(noticesOf(request, NoticeKind.BILLING)).hasSize(1));
        assertThat(noticesOf(request, NoticeKind.BILLING).getFirst().getUrl()).contains("/billing?creative=best-1");
    }

    private void dealIsBidForAtItsOwnPrice() {
        Ad ad = world.ad(auction("auction")
                .setPrivateAuction(1)
                .setDeals(List.of(Deal.newBuilder()
                        .setId("deal-7")
                        .setFloorCpmMicros(2_200_000)
                        .setCurrency("USD")
                        .setAuctionType(3)
                        .setSeats(List.of(world.tag("third")))
                        .build()))
                .build());

        assertThat(ad.getUpstream()).isEqualTo("third");
        assertThat(ad.getPriceCpmMicros()).isEqualTo(2_200_000);
    }

    private void cappedAdvertiserLosesToTheNextBid() {
        String user = newUser();
        Ad first = world.ad(request(user, "capped").build());
        AdRequest again = request(user, "capped").build();
        Ad second = world.ad(again);

        assertThat(first.getUpstream()).isEqualTo("best");
        assertThat(second.getUpstream()).isEqualTo("second");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(noticesOf(again, NoticeKind.LOSS))
                        .singleElement()
                        .extracting(Notice::getCode)
                        .isEqualTo(500));
    }

    private void breakIsFilledByTheBestOfAllBidders() {
        AdResponse answer = world.answer(auction("auction")
                .setAuctionType(1)
                .setSlots(List.of(Slot.newBuilder()
                        .setId("break")
                        .setPod(Pod.newBuilder()
                                .setMaxAds(3)
                                .setTotalMillis(45_000)
                                .setSeparation(List.of(PodSeparation.ADVERTISER))
                                .build())
                        .build()))
                .build());

        assertThat(answer.getSlots().getFirst().getAds())
                .extracting(Ad::getPriceCpmMicros)
                .containsExactlyInAnyOrder(5_000_000L, 4_000_000L, 4_000_000L);
        assertThat(answer.getSlots().getFirst().getAds())
                .extracting(Ad::getAdvertiser)
                .doesNotHaveDuplicates();
    }

    @Test
    void crashInTheMiddleOfAuctionsOwesEveryNoticeOnce() {
        List<AdRequest> requests = Stream.generate(() ->
                        auction("crash").setCurrencies(List.of("USD", "EUR")).build())
                .limit(CRASH_REQUESTS)
                .toList();
        try (PipelineProcess first = PipelineProcess.start(world.stack.settings(), OUTPUT, "first")) {
            first.awaitReady(PATIENCE);
            requests.forEach(world::start);
            await().atMost(PATIENCE)
                    .until(() ->
                            World.upstreams().received().count("/openrtb/" + world.tag("slow")) >= CRASH_REQUESTS / 2);
            first.kill();
        }
        try (PipelineProcess second = PipelineProcess.start(world.stack.settings(), OUTPUT, "second")) {
            second.awaitReady(PATIENCE);
            List<Ad> ads = new ArrayList<>();
            for (AdRequest request : requests) {
                ads.add(world.answerTo(request.getId())
                        .getSlots()
                        .getFirst()
                        .getAds()
                        .getFirst());
            }
            assertThat(ads)
                    .as("4.00 euros are 5.00 dollars: the rate is known again before the first request")
                    .extracting(Ad::getUpstream)
                    .containsOnly("slow");
            assertThat(ads).extracting(Ad::getCurrency).containsOnly("EUR");
            ads.forEach(ad -> world.producer().shown(ad.getToken()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(requests)
                            .allSatisfy(request -> assertThat(noticesOf(request, NoticeKind.BILLING))
                                    .hasSize(1)));
            assertThat(requests).allSatisfy(request -> {
                assertThat(noticesOf(request, NoticeKind.WIN)).hasSize(1);
                assertThat(noticesOf(request, NoticeKind.LOSS)).hasSize(1);
                assertThat(world.answersTo(request.getId())).hasSize(1);
            });
            second.stop();
        }
    }
}
