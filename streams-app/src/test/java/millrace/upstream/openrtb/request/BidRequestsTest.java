package millrace.upstream.openrtb.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import millrace.catalog.Placement;
import millrace.money.Cpm;
import millrace.schemas.AdRequest;
import millrace.schemas.App;
import millrace.schemas.Consent;
import millrace.schemas.Content;
import millrace.schemas.Deal;
import millrace.schemas.Device;
import millrace.schemas.ExtendedId;
import millrace.schemas.Geo;
import millrace.schemas.Pod;
import millrace.schemas.PodSeparation;
import millrace.schemas.Publisher;
import millrace.schemas.Site;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.schemas.Source;
import millrace.schemas.User;
import millrace.upstream.Ask;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.Imp;
import millrace.upstream.openrtb.model.Video;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // What is there is asserted by reading it.
class BidRequestsTest {
    private static final OpenRtb MESSAGES = new OpenRtb(Limits.USUAL, Strictness.STRICT);
    private static final Placement PLACEMENT = new Placement(
            "preroll",
            SlotKind.VIDEO,
            "EUR",
            new Cpm(1_250_000),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    private static final RequestTerms TERMS =
            new RequestTerms(Optional.of(new SellerNode("millrace.example", "pub-7")), 1);

    private final BidRequests requests = new BidRequests(TERMS);
    private final AdRequest.Builder request = AdRequest.newBuilder()
            .setId("r1")
            .setPlacement("preroll")
            .setDevice(Device.newBuilder()
                    .setId("ifa-1")
                    .setIp("198.51.100.77")
                    .setGeo(Geo.newBuilder()
                            .setCountry("DE")
                            .setLat(52.520008)
                            .setLon(13.404954)
                            .build())
                    .build())
            .setUser(User.newBuilder()
                    .setId("u1")
                    .setYearOfBirth(1980)
                    .setExtendedIds(List.of(id("ids.example", "a"), id("ids.example", "b"), id("other.example", "c")))
                    .build())
            .setApp(App.newBuilder().setBundle("tv.example").build())
            .setContent(Content.newBuilder().setTitle("Film").build());

    private static ExtendedId id(String source, String id) {
        return ExtendedId.newBuilder().setSource(source).setId(id).build();
    }

    private static Slot slot(String id, Consumer<Slot.Builder> change) {
        Slot.Builder slot = Slot.newBuilder().setId(id);
        change.accept(slot);
        return slot.build();
    }

    private BidRequest made(Slot... slots) {
        BidRequest made = requests.of(
                        request.build(), Ask.upstream("https://bid.example").context(), PLACEMENT, List.of(slots))
                .request();
        assertThat(MESSAGES.requests().faults(made)).isEmpty();
        return made;
    }

    private static Video video(BidRequest made, int imp) {
        return made.imp().get(imp).video();
    }

    @Test
    void fieldsOfTheRequestBecomeThoseOfTheSpecification() {
        BidRequest made =
                made(slot("s1", slot -> slot.setMaxDurationMillis(30_500).setMinDurationMillis(5_100)));

        assertThat(made.id()).isEqualTo("r1");
        assertThat(made.app().bundle()).isEqualTo("tv.example");
        assertThat(made.app().content().title()).isEqualTo("Film");
        assertThat(made.site()).isNull();
        assertThat(made.device().ifa()).isEqualTo("ifa-1");
        assertThat(made.device().geo().country()).isEqualTo("DEU");
        assertThat(made.user().id()).isEqualTo("u1");
        assertThat(made.user().eids()).hasSize(2);
        assertThat(made.user().eids().getFirst().uids()).hasSize(2);
        assertThat(made.at()).isEqualTo(1);
        assertThat(made.cur()).containsExactly("EUR");
        assertThat(video(made, 0).minduration()).as("not shorter").isEqualTo(6);
        assertThat(video(made, 0).maxduration()).as("not longer").isEqualTo(30);
    }

    @Test
    void whatIsAllowedAndBlockedIsSaidAndOfEachPairOnlyOne() {
        request.setBlockedSeats(List.of("s9"))
                .setAllowedLanguages(List.of("de"))
                .setBlockedCategories(List.of("IAB25"))
                .setCategoryTaxonomy(1)
                .setBlockedAdvertisers(List.of("casino.example"))
                .setBlockedApps(List.of("com.casino"))
                .setAuctionType(2);
        BidRequest blocks = made(slot("s1", slot -> slot.setBlockedAttributes(List.of(3, 8))));

        assertThat(blocks.bseat()).containsExactly("s9");
        assertThat(blocks.wseat()).isNull();
        assertThat(blocks.wlang()).containsExactly("de");
        assertThat(blocks.bcat()).containsExactly("IAB25");
        assertThat(blocks.cattax()).isEqualTo(1);
        assertThat(blocks.badv()).containsExactly("casino.example");
        assertThat(blocks.bapp()).containsExactly("com.casino");
        assertThat(blocks.at()).isEqualTo(2);
        assertThat(video(blocks, 0).battr()).containsExactly(3, 8);

        request.setAllowedSeats(List.of("s1")).setAllowedCategories(List.of("IAB1"));
        BidRequest both = made(slot("s1", slot -> {}));
        assertThat(both.wseat()).containsExactly("s1");
        assertThat(both.bseat()).isNull();
        assertThat(both.acat()).isNull();

        request.setBlockedCategories(List.of());
        assertThat(made(slot("s1", slot -> {})).acat()).containsExactly("IAB1");
    }

    @Test
    void siteStandsWhereThereIsNoAppAndItsContentIsToldOfIt() {
        request.setApp(null)
                .setSite(Site.newBuilder()
                        .setDomain("news.example")
                        .setPage("https://news.example/a")
                        .setCategories(List.of("IAB12"))
                        .setPublisher(Publisher.newBuilder()
                                .setId("pub-1")
                                .setDomain("publisher.example")
                                .build())
                        .build());
        BidRequest made = made(slot("s1", slot -> {}));

        assertThat(made.app()).isNull();
        assertThat(made.site().domain()).isEqualTo("news.example");
        assertThat(made.site().page()).isEqualTo("https://news.example/a");
        assertThat(made.site().cat()).containsExactly("IAB12");
        assertThat(made.site().publisher().domain()).isEqualTo("publisher.example");
        assertThat(made.site().content().title()).isEqualTo("Film");
    }

    @Test
    void impressionSaysWhatItsSlotWants() {
        BidRequest made = made(slot(
                "s1",
                slot -> slot.setSecure(1)
                        .setExpirySeconds(600)
                        .setSkip(1)
                        .setProtocols(List.of(3, 7))
                        .setMimes(List.of("video/webm"))
                        .setRequiredDurationsMillis(List.of(15_000, 30_000))
                        .setMinDurationMillis(5_000)));

        assertThat(made.imp().getFirst().secure()).isEqualTo(1);
        assertThat(made.imp().getFirst().exp()).isEqualTo(600);
        assertThat(made.imp().getFirst().tagid()).isEqualTo("preroll");
        assertThat(video(made, 0).skip()).isEqualTo(1);
        assertThat(video(made, 0).protocols()).containsExactly(3, 7);
        assertThat(video(made, 0).mimes()).containsExactly("video/webm");
        assertThat(video(made, 0).rqddurs()).containsExactly(15, 30);
        assertThat(video(made, 0).minduration())
                .as("exact durations exclude it")
                .isNull();
    }

    @Test
    void guaranteedDealIsSaidToBeOne() {
        request.setDeals(List.of(
                Deal.newBuilder().setId("promised").setGuaranteed(true).build(),
                Deal.newBuilder().setId("open").build()));
        var deals = made(slot("s1", slot -> {})).imp().getFirst().pmp().deals();

        assertThat(deals.getFirst().guar()).isEqualTo(1);
        assertThat(deals.getLast().guar()).isNull();
    }

    @Test
    void nearestFloorCountsAndItsCurrencyIsSaid() {
        request.setCurrencies(List.of("USD", "EUR"));
        BidRequest made = made(
                slot("own", slot -> slot.setFloorCpmMicros(3_500_000L).setFloorCurrency("GBP")),
                slot("placement", slot -> {}));

        assertThat(made.imp().getFirst().bidfloor()).isEqualByComparingTo("3.5");
        assertThat(made.imp().getFirst().bidfloorcur()).isEqualTo("GBP");
        assertThat(made.imp().get(1).bidfloor()).isEqualByComparingTo("1.25");
        assertThat(made.imp().get(1).bidfloorcur()).isEqualTo("EUR");
    }

    @Test
    void dealGoesToItsSlotWithItsOwnCurrency() {
        request.setPrivateAuction(1)
                .setDeals(List.of(Deal.newBuilder()
                        .setId("d1")
                        .setSlotId("s1")
                        .setFloorCpmMicros(9_000_000)
                        .setAuctionType(3)
                        .setSeats(List.of("seat"))
                        .build()));
        BidRequest made = made(slot("s1", slot -> {}), slot("s2", slot -> {}));
        var deal = made.imp().getFirst().pmp().deals().getFirst();

        assertThat(deal.id()).isEqualTo("d1");
        assertThat(deal.bidfloor()).isEqualByComparingTo(BigDecimal.valueOf(9));
        assertThat(deal.bidfloorcur()).as("not the impression's").isEqualTo("EUR");
        assertThat(deal.at()).isEqualTo(3);
        assertThat(deal.wseat()).containsExactly("seat");
        assertThat(made.imp().get(1).pmp().deals()).isNull();
        assertThat(made.imp().get(1).pmp().private_auction()).isEqualTo(1);
    }

    @Test
    void breakOfSeveralAdsIsADynamicPodAndOneOfOneAdASlotOfAStructuredOne() {
        Pod.Builder pod = Pod.newBuilder()
                .setId("p1")
                .setTotalMillis(60_000)
                .setSeparation(List.of(PodSeparation.ADVERTISER, PodSeparation.CREATIVE))
                .setMinCpmPerSecondMicros(100_000L);
        BidRequest made = made(
                slot("rest", slot -> slot.setPod(pod.setMaxAds(4).build())),
                slot(
                        "first",
                        slot -> slot.setPod(pod.setMaxAds(1).setSlotInPod(1).build())));

        assertThat(video(made, 0).podid()).isEqualTo("p1");
        assertThat(video(made, 0).poddur()).isEqualTo(60);
        assertThat(video(made, 0).maxseq()).isEqualTo(4);
        assertThat(video(made, 0).poddedupe()).containsExactly(1, 3);
        assertThat(video(made, 0).mincpmpersec()).isEqualByComparingTo("0.1");
        assertThat(video(made, 1).podid()).as("both are one hybrid pod").isEqualTo("p1");
        assertThat(video(made, 1).slotinpod()).isEqualTo(1);
        assertThat(video(made, 1).poddur()).isNull();
        assertThat(video(made, 1).maxseq()).isNull();
    }

    @Test
    void everyKindOfSlotIsItsOwnObject() {
        BidRequest made = made(
                slot("a", slot -> slot.setKind(SlotKind.AUDIO).setFeed(2)),
                slot("b", slot -> slot.setKind(SlotKind.BANNER).setWidth(300).setHeight(250)),
                slot("n", slot -> slot.setKind(SlotKind.NATIVE).setNativeRequest("{\"assets\":[]}")));
        List<Imp> imps = made.imp();

        assertThat(imps.get(0).audio().feed()).isEqualTo(2);
        assertThat(imps.get(1).banner().w()).isEqualTo(300);
        assertThat(imps.get(2).nativeAd().request()).isEqualTo("{\"assets\":[]}");
    }

    @Test
    void ourNodeIsTheLastOfTheChainAndTheOthersStayAsTheyWere() {
        request.setSource(Source.newBuilder()
                .setSupplyChain(
                        "{\"ver\":\"1.0\",\"complete\":0,\"nodes\":[{\"asi\":\"first.example\",\"sid\":\"1\",\"hp\":1,\"x\":true}]}")
                .build());
        var chain = made(slot("s1", slot -> {})).source().schain();

        assertThat(chain.complete()).isZero();
        assertThat(chain.nodes()).hasSize(2);
        assertThat(chain.nodes().getFirst().others().values()).containsKey("x");
        assertThat(chain.nodes().getLast().asi()).isEqualTo("millrace.example");
        assertThat(chain.nodes().getLast().sid()).isEqualTo("pub-7");
        assertThat(chain.nodes().getLast().rid()).isEqualTo("r1");
        assertThat(chain.nodes().getLast().hp()).isEqualTo(1);
    }

    @Test
    void whereOurChainBeginsItIsComplete() {
        assertThat(made(slot("s1", slot -> {})).source().schain().complete()).isEqualTo(1);
    }

    @Test
    void bidderIsToldTheTimeLeftAndItsOwnIdOfTheUser() {
        Asked asked = requests.of(
                request.build(), Ask.upstream("https://b.example").context(), PLACEMENT, List.of(slot("s1", s -> {})));
        BidRequest own =
                BidRequests.forBidder(asked, OptionalInt.empty(), Optional.of("buyer-9"), Duration.ofMillis(117));

        assertThat(own.tmax()).isEqualTo(117);
        assertThat(own.user().buyeruid()).isEqualTo("buyer-9");
        assertThat(own.user().id()).isEqualTo("u1");
    }

    // ---- consent

    private void noIdentifiersIn(BidRequest made) {
        assertThat(made.user().id()).isNull();
        assertThat(made.user().eids()).isNull();
        assertThat(made.device().ifa()).isNull();
        assertThat(made.device().ip()).isEqualTo("198.51.100.0");
        assertThat(made.device().geo().lat()).isNotEqualTo(BigDecimal.valueOf(52.520008));
        Asked asked = requests.of(
                request.build(), Ask.upstream("https://b.example").context(), PLACEMENT, List.of(slot("s1", s -> {})));
        BidRequest own =
                BidRequests.forBidder(asked, OptionalInt.empty(), Optional.of("buyer-9"), Duration.ofMillis(117));
        assertThat(own.user().buyeruid()).isNull();
    }

    @Test
    void limitedTrackingTakesIdentifiersAway() {
        request.setDevice(
                Device.newBuilder(request.getDevice()).setLimitAdTracking(1).build());
        BidRequest made = made(slot("s1", slot -> {}));

        noIdentifiersIn(made);
        assertThat(made.device().lmt()).isEqualTo(1);
        assertThat(made.user().yob()).as("not what is said of somebody").isEqualTo(1980);
    }

    @Test
    void childIsToldNothingOf() {
        request.setConsent(Consent.newBuilder().setCoppa(1).build());
        BidRequest made = made(slot("s1", slot -> {}));

        noIdentifiersIn(made);
        assertThat(made.regs().coppa()).isEqualTo(1);
        assertThat(made.user().yob()).isNull();
        assertThat(made.device().geo().lat()).isNull();
    }

    @Test
    void optOutOfSaleTakesIdentifiersAway() {
        request.setConsent(Consent.newBuilder().setUsPrivacy("1YYN").build());
        BidRequest made = made(slot("s1", slot -> {}));

        noIdentifiersIn(made);
        assertThat(made.regs().us_privacy()).isEqualTo("1YYN");
    }

    @Test
    void gdprWantsAConsentThatCoversThePurpose() {
        request.setConsent(Consent.newBuilder().setGdpr(1).build());
        noIdentifiersIn(made(slot("s1", slot -> {})));

        request.setConsent(Consent.newBuilder().setGdpr(1).setTcf(tcf(false)).build());
        noIdentifiersIn(made(slot("s1", slot -> {})));

        request.setConsent(Consent.newBuilder()
                .setGdpr(1)
                .setTcf(tcf(true) + ".segment")
                .setGpp("DBAA")
                .setGppSections(List.of(2))
                .build());
        BidRequest made = made(slot("s1", slot -> {}));
        assertThat(made.user().id()).isEqualTo("u1");
        assertThat(made.user().consent()).startsWith(tcf(true));
        assertThat(made.regs().gdpr()).isEqualTo(1);
        assertThat(made.regs().gpp()).isEqualTo("DBAA");
        assertThat(made.regs().gpp_sid()).containsExactly(2);
    }

    @Test
    void bidderThatTheConsentDoesNotNameIsNotToldWhoItIs() {
        request.setConsent(Consent.newBuilder()
                .setGdpr(1)
                .setTcf(BitWriter.tcf(true, true)
                        .number(3, 16)
                        .number(0, 1)
                        .numbers(1, 0, 1, 0)
                        .toString())
                .build());
        Asked asked = requests.of(
                request.build(), Ask.upstream("https://b.example").context(), PLACEMENT, List.of(slot("s1", s -> {})));
        BidRequest named =
                BidRequests.forBidder(asked, OptionalInt.of(2), Optional.of("buyer-9"), Duration.ofMillis(9));
        BidRequest other =
                BidRequests.forBidder(asked, OptionalInt.of(3), Optional.of("buyer-9"), Duration.ofMillis(9));

        assertThat(named.user().id()).isEqualTo("u1");
        assertThat(named.user().buyeruid()).isEqualTo("buyer-9");
        assertThat(named.device().geo().lat()).isEqualByComparingTo("52.520008");
        assertThat(other.user().id()).isNull();
        assertThat(other.user().buyeruid()).isNull();
        assertThat(other.user().eids()).isNull();
        assertThat(other.user().consent()).as("the signal itself is passed on").isNotEmpty();
        assertThat(other.device().ifa()).isNull();
        assertThat(other.device().ip()).isEqualTo("198.51.100.0");
        assertThat(other.device().geo().lat()).isEqualByComparingTo("52.52");
    }

    @Test
    void placeIsRoughWithoutTheSpecialConsentAndTheRestIsTold() {
        request.setConsent(Consent.newBuilder()
                .setGdpr(1)
                .setTcf(BitWriter.tcf(false, true).toString())
                .build());
        BidRequest made = made(slot("s1", slot -> {}));

        assertThat(made.user().id()).isEqualTo("u1");
        assertThat(made.device().geo().lat()).isEqualByComparingTo("52.52");
        assertThat(made.device().ip()).isEqualTo("198.51.100.77");
    }

    @Test
    void rawRequestIsVeiledByItsOwnGppString() {
        request.setOpenrtb(RAW.replace("\"us_privacy\":\"1YNN\"", "\"gpp\":\"DBABLA~BVVVkkkklWA.YA\",\"gpp_sid\":[7]"))
                .setSlots(List.of(slot("s1", slot -> {})));
        BidRequest made = made(slot("s1", slot -> {}));

        assertThat(made.user().id()).isNull();
        assertThat(made.regs().gpp()).isEqualTo("DBABLA~BVVVkkkklWA.YA");
        assertThat(made.regs().gpp_sid()).containsExactly(7);
    }

    @Test
    void consentStringThatCannotBeReadIsNone() {
        request.setConsent(
                Consent.newBuilder().setGdpr(1).setTcf("!not base64!").build());

        noIdentifiersIn(made(slot("s1", slot -> {})));
    }

    /** A core segment of version 2 with nothing but the consent to purpose 1. */
    private static String tcf(boolean consents) {
        byte[] core = new byte[22];
        core[0] = 2 << 2;
        core[19] = (byte) (consents ? 0x80 : 0);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(core);
    }

    // ---- a request that came as OpenRTB

    private static final String RAW = """
            {"id":"raw-1","imp":[{"id":"s1","video":{"mimes":["video/mp4"]},"unknown":1},{"id":"gone","banner":{}}],
             "user":{"id":"raw-user","eids":[{"source":"x","uids":[{"id":"y"}]}]},"device":{"ip":"203.0.113.9","ifa":"i"},
             "regs":{"us_privacy":"1YNN"},"bcat":["IAB25"],"allimps":1,"ext":{"keep":[1, 2]},"at":2}""";

    @Test
    void rawRequestIsPassedOnWithOurChangesOnly() {
        request.setOpenrtb(RAW).setSlots(List.of(slot("s1", slot -> {})));
        BidRequest made = made(slot("s1", slot -> {}));

        assertThat(made.id()).isEqualTo("raw-1");
        assertThat(made.imp()).hasSize(1);
        assertThat(made.imp().getFirst().others().values()).containsKey("unknown");
        assertThat(made.ext().text()).isEqualTo("{\"keep\":[1, 2]}");
        assertThat(made.user().id()).isEqualTo("raw-user");
        assertThat(made.bcat()).containsExactly("IAB25");
        assertThat(made.allimps()).isEqualTo(1);
        assertThat(made.at()).isEqualTo(2);
        assertThat(made.cur()).as("was not said").containsExactly("EUR");
        assertThat(made.source().schain().nodes().getLast().asi()).isEqualTo("millrace.example");
    }

    @Test
    void rawRequestGoesOnToTheLetterButForWhatIsOurs() throws IOException {
        JsonMapper mapper = new JsonMapper();
        request.setOpenrtb(RAW).setSlots(List.of(slot("s1", slot -> {})));
        Asked asked = requests.of(
                request.build(), Ask.upstream("https://b.example").context(), PLACEMENT, List.of(slot("s1", s -> {})));
        BidRequest own = BidRequests.forBidder(asked, OptionalInt.empty(), Optional.empty(), Duration.ofMillis(117));
        ObjectNode expected = (ObjectNode) mapper.readTree(RAW);
        ((ArrayNode) expected.path("imp")).remove(1);
        expected.putArray("cur").add("EUR");
        expected.put("tmax", 117);
        expected.putObject("source")
                .putObject("schain")
                .put("complete", 1)
                .put("ver", "1.0")
                .putArray("nodes")
                .addObject()
                .put("asi", "millrace.example")
                .put("sid", "pub-7")
                .put("rid", "r1")
                .put("hp", 1);

        assertThat(mapper.readTree(MESSAGES.requests().write(own))).isEqualTo(expected);
    }

    @Test
    void rawRequestIsVeiledWhereEitherOfBothForbids() {
        request.setOpenrtb(RAW.replace("1YNN", "1YYN")).setSlots(List.of(slot("s1", slot -> {})));
        BidRequest made = made(slot("s1", slot -> {}));

        assertThat(made.user().id()).isNull();
        assertThat(made.user().eids()).isNull();
        assertThat(made.device().ifa()).isNull();
        assertThat(made.device().ip()).isEqualTo("203.0.113.0");
    }

    @Test
    void onlyImpressionOfARawRequestStandsForTheUsualSlot() {
        request.setOpenrtb("{\"id\":\"raw\",\"imp\":[{\"id\":\"whatever\",\"video\":{\"mimes\":[\"video/mp4\"]}}]}");
        Asked asked = requests.of(
                request.build(),
                Ask.upstream("https://b.example").context(),
                PLACEMENT,
                List.of(slot("preroll", slot -> {})));

        assertThat(asked.slot("whatever")).contains("preroll");
    }

    @Test
    void rawRequestThatIsNoneIsMadeOfTheFields() {
        request.setOpenrtb("{\"id\":").setSlots(List.of(slot("s1", slot -> {})));

        assertThat(made(slot("s1", slot -> {})).id()).isEqualTo("r1");
    }

    @Test
    void testIsATestForBidders() {
        request.setTest(true);

        assertThat(made(slot("s1", slot -> {})).test()).isEqualTo(1);
    }
}
