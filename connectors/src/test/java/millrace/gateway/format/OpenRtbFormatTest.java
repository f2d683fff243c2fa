package millrace.gateway.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static millrace.gateway.format.Formats.TOKEN;
import static millrace.gateway.format.Formats.VAST;
import static millrace.gateway.format.Formats.ad;
import static millrace.gateway.format.Formats.answer;
import static millrace.gateway.format.Formats.asked;
import static millrace.gateway.format.Formats.empty;
import static millrace.gateway.format.Formats.faults;
import static millrace.gateway.format.Formats.filled;
import static millrace.gateway.format.Formats.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import millrace.check.Checked;
import millrace.gateway.format.AdFormat.Missing;
import millrace.gateway.http.Page;
import millrace.schemas.AdRequest;
import millrace.schemas.Pod;
import millrace.schemas.PodSeparation;
import millrace.schemas.SlotAnswer;
import millrace.schemas.SlotKind;
import millrace.schemas.Tracker;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.model.Bid;
import millrace.upstream.openrtb.model.BidResponse;
import org.junit.jupiter.api.Test;

class OpenRtbFormatTest {
    private static final String VIDEO = """
            {"id": "auction-1", "tmax": 300, "at": 1, "cur": ["EUR", "USD"], "bcat": ["IAB25"], "badv": ["x.example"], "test": 0,
             "imp": [{"id": "i1", "tagid": "preroll", "bidfloor": 1.2345678, "bidfloorcur": "EUR", "secure": 1, "exp": 120,
                "video": {"mimes": ["video/mp4"], "minduration": 5, "maxduration": 30, "protocols": [7], "w": 1280, "h": 720, "startdelay": -1},
                "pmp": {"private_auction": 1, "deals": [{"id": "d1", "bidfloor": 3, "bidfloorcur": "EUR", "at": 3}]}}],
             "site": {"id": "s", "page": "https://news.example/a", "content": {"id": "c", "language": "de"}},
             "device": {"ua": "TV/1", "ip": "198.51.100.9", "ifa": "ifa-1", "devicetype": 3, "lmt": 0, "geo": {"country": "DEU"}},
             "user": {"id": "u1", "yob": 1980, "consent": "CPxx", "eids": [{"source": "id.example", "uids": [{"id": "e1", "atype": 1}]}]},
             "regs": {"gdpr": 1, "coppa": 0}, "source": {"tid": "t-1"}}""";

    private final AdFormat format = new OpenRtbFormat(100_000);
    private final OpenRtb messages = new OpenRtb(Limits.USUAL, Strictness.STRICT);

    private static String imp(String media) {
        return "{\"id\": \"a\", \"imp\": [{\"id\": \"i1\", \"tagid\": \"p\", " + media
                + "}], \"user\": {\"id\": \"u\"}}";
    }

    private BidResponse bids(Page page) {
        return switch (messages.responses().check(page.body())) {
            case Checked.Valid<BidResponse>(BidResponse response) -> response;
            case Checked.Invalid<BidResponse> invalid ->
                throw new AssertionError(invalid.faults().toString());
        };
    }

    private static Bid bid(BidResponse response) {
        return all(response).getFirst();
    }

    private static List<Bid> all(BidResponse response) {
        List<Bid> bids = Objects.requireNonNull(
                Objects.requireNonNull(response.seatbid()).getFirst().bid());
        return bids;
    }

    @Test
    void impressionsBecomeSlotsAndTheirTagThePlacement() {
        AdRequest request = asked(format, post("/openrtb2/auction", VIDEO)).request();

        assertThat(request.getId()).isEqualTo("auction-1");
        assertThat(request.getPlacement()).isEqualTo("preroll");
        assertThat(request.getDeadlineMillis()).isEqualTo(200);
        assertThat(request.getCurrencies()).containsExactly("EUR");
        assertThat(request.getUser().getId()).isEqualTo("u1");
        assertThat(request.getUser().getExtendedIds().getFirst().getSource()).isEqualTo("id.example");
        assertThat(request.getDevice().getId()).isEqualTo("ifa-1");
        assertThat(request.getDevice().getGeo().getCountry()).isEqualTo("DEU");
        assertThat(request.getConsent().getTcf()).isEqualTo("CPxx");
        assertThat(request.getConsent().getGdpr()).isEqualTo(1);
        assertThat(request.getSite().getPage()).isEqualTo("https://news.example/a");
        assertThat(request.getContent().getLanguage()).isEqualTo("de");
        assertThat(request.getBlockedCategories()).containsExactly("IAB25");
        assertThat(request.getPrivateAuction()).isEqualTo(1);
        assertThat(request.getDeals().getFirst().getFloorCpmMicros()).isEqualTo(3_000_000);
        assertThat(request.getOpenrtb()).isEqualTo(VIDEO);
        assertThat(request.getSlots()).singleElement().satisfies(slot -> {
            assertThat(slot.getId()).isEqualTo("i1");
            assertThat(slot.getKind()).isEqualTo(SlotKind.VIDEO);
            assertThat(slot.getMaxDurationMillis()).isEqualTo(30_000);
            assertThat(slot.getStartDelay()).isEqualTo(-1);
            assertThat(slot.getFloorCpmMicros())
                    .as("a floor is not rounded down")
                    .isEqualTo(1_234_568);
            assertThat(slot.getExpirySeconds()).isEqualTo(120);
        });
    }

    @Test
    void eachKindOfMediaIsAKindOfSlot() {
        assertThat(asked(format, post("/", imp("\"audio\": {\"mimes\": [\"audio/mpeg\"]}")))
                        .request()
                        .getSlots()
                        .getFirst()
                        .getKind())
                .isEqualTo(SlotKind.AUDIO);
        assertThat(asked(format, post("/", imp("\"banner\": {\"format\": [{\"w\": 300, \"h\": 250}, {\"w\": 1}]}")))
                        .request()
                        .getSlots()
                        .getFirst()
                        .getFormats())
                .singleElement()
                .satisfies(size -> assertThat(size.getWidth()).isEqualTo(300));
        assertThat(asked(format, post("/", imp("\"native\": {\"request\": \"{}\"}")))
                        .request()
                        .getSlots()
                        .getFirst()
                        .getKind())
                .isEqualTo(SlotKind.NATIVE);
    }

    @Test
    void requestThatCannotBeDecidedIsRefusedWithReasons() {
        assertThat(faults(format, post("/", "{\"id\": \"a\", \"imp\": []}"))).isNotEmpty();
        assertThat(faults(format, post("/", "no json"))).contains("JSON");
        assertThat(faults(format, post("/", imp("\"instl\": 0")))).contains("no banner, video, audio or native");
        assertThat(faults(
                        format,
                        post("/", imp("\"video\": {\"mimes\": [\"video/mp4\"], \"poddur\": 0, \"maxseq\": 0}"))))
                .contains("imp[0].video.poddur: is 0; allowed are seconds", "imp[0].video.maxseq: is 0");
        assertThat(faults(format, post("/", imp("\"banner\": {}").replace("\"tagid\": \"p\", ", ""))))
                .contains("tagid: is missing");
    }

    private Pod pod(String timed) {
        return asked(format, post("/", imp(timed)))
                .request()
                .getSlots()
                .getFirst()
                .getPod();
    }

    @Test
    void dynamicPodIsABreakOfSeveralAds() {
        Pod pod = pod("""
                "video": {"mimes": ["video/mp4"], "poddur": 90, "maxseq": 4, "podid": "mid", "podseq": 1, "slotinpod": -1, "mincpmpersec": 0.25,
                "minduration": 10, "maxduration": 30, "poddedupe": [1, 3, 4]}""");

        assertThat(pod)
                .isEqualTo(Pod.newBuilder()
                        .setId("mid")
                        .setMaxAds(4)
                        .setTotalMillis(90_000)
                        .setSequence(1)
                        .setSlotInPod(-1)
                        .setMinCpmPerSecondMicros(250_000L)
                        .setSeparation(List.of(PodSeparation.ADVERTISER, PodSeparation.CREATIVE))
                        .build());
        assertThat(pod("\"audio\": {\"mimes\": [\"audio/mp4\"], \"poddur\": 60}")
                        .getMaxAds())
                .isEqualTo(50);
    }

    @Test
    void impressionOfAStructuredPodTakesOneAd() {
        assertThat(
                        pod(
                                "\"video\": {\"mimes\": [\"video/mp4\"], \"podid\": \"mid\", \"slotinpod\": 1, \"rqddurs\": [15, 30]}"))
                .satisfies(pod -> {
                    assertThat(pod.getMaxAds()).isEqualTo(1);
                    assertThat(pod.getTotalMillis()).isEqualTo(30_000);
                    assertThat(pod.getSlotInPod()).isEqualTo(1);
                });
        assertThat(pod("\"video\": {\"mimes\": [\"video/mp4\"], \"maxduration\": 30}"))
                .as("outside of any pod")
                .isNull();
    }

    @Test
    void eachAdOfABreakIsABid() {
        Asked asked = asked(format, post("/", imp("\"video\": {\"mimes\": [\"video/mp4\"], \"poddur\": 60}")));
        SlotAnswer two = SlotAnswer.newBuilder(filled("i1", ad(VAST).build()))
                .setAds(List.of(
                        ad(VAST).build(), ad(VAST).setToken("B".repeat(48)).build()))
                .build();

        BidResponse response = bids(format.answered(asked, answer(two)));

        assertThat(all(response))
                .hasSize(2)
                .allSatisfy(bid -> assertThat(bid.impid()).isEqualTo("i1"))
                .allSatisfy(bid -> assertThat(bid.adm()).isEqualTo(VAST))
                .extracting(Bid::id)
                .containsExactly(TOKEN, "B".repeat(48));
    }

    @Test
    void twoPlacementsAreTwoRequests() {
        String two =
                "{\"id\": \"a\", \"imp\": [{\"id\": \"1\", \"tagid\": \"p\", \"banner\": {}}, {\"id\": \"2\", \"tagid\": \"q\", \"banner\": {}}]}";

        assertThat(faults(format, post("/", two))).contains("imp.tagid: has 2 values");
    }

    @Test
    void adsBecomeBidsThatTheSpecificationAllows() {
        Asked asked = asked(format, post("/", VIDEO));

        Page page = format.answered(asked, answer(filled("i1", ad(VAST).build())));

        assertThat(page.status()).isEqualTo(200);
        BidResponse response = bids(page);
        assertThat(response.id()).isEqualTo("auction-1");
        assertThat(response.cur()).isEqualTo("EUR");
        Bid bid = bid(response);
        assertThat(bid.id()).isEqualTo(TOKEN);
        assertThat(bid.impid()).isEqualTo("i1");
        assertThat(bid.price()).isEqualByComparingTo(new BigDecimal("2.5"));
        assertThat(bid.adm()).isEqualTo(VAST);
        assertThat(bid.adomain()).containsExactly("cars.example");
        assertThat(bid.mtype()).isEqualTo(2);
        assertThat(bid.dur()).isEqualTo(16);
        assertThat(bid.exp()).isEqualTo(600);
        assertThat(bid.burl()).as("the markup has the beacon").isNull();
    }

    @Test
    void bannersBillingUrlIsOurBeacon() {
        Asked asked = asked(format, post("/", imp("\"banner\": {\"w\": 300, \"h\": 250}")));
        String beacon = "https://ads.example/e/" + TOKEN + "/impression";
        var banner = ad("<img>")
                .setTrackers(List.of(
                        new Tracker("impression", "https://other.example/i", null),
                        new Tracker("impression", beacon, null)))
                .build();

        Bid bid = bid(bids(format.answered(asked, answer(filled("i1", banner)))));

        assertThat(bid.burl()).isEqualTo(beacon);
        assertThat(bid.mtype()).isEqualTo(1);
    }

    @Test
    void noAdIsNoContent() {
        Asked asked = asked(format, post("/", VIDEO));

        for (Page page : List.of(
                format.none(asked, Missing.DEADLINE),
                format.answered(asked, answer(empty("i1"))),
                format.answered(asked, answer(filled("i1", ad(null).build()))))) {
            assertThat(page.status()).isEqualTo(204);
            assertThat(new String(page.body(), UTF_8)).isEmpty();
            assertThat(page.headers()).containsEntry("X-OpenRTB-Version", "2.6");
        }
    }
}
