package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import millrace.schemas.Pod;
import millrace.schemas.Tracker;
import millrace.upstream.Ask;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.replay.Page;
import millrace.upstream.replay.ReplayExchange;
import millrace.upstream.replay.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tags that answer with a schedule (VMAP) instead of ads. */
class ScheduledBreaksTest {
    private static final String TAG = "https://tag.example/v?of=[BREAKPOSITION]";
    private static final String ASKED = "https://tag.example/v?of=1";

    private final Map<String, Page> web = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Ask ask = Ask.upstream(TAG);
    private VastLimits limits = VastLimits.defaults();

    @BeforeEach
    void slotIsAPreRoll() {
        ask.slot(slot -> slot.setStartDelay(0));
    }

    private void page(String url, String text) {
        web.put(url, new Page.Answer(200, Map.of(), Xml.bytes(text)));
    }

    private void schedule(String... breaks) {
        page(ASKED, "<vmap:VMAP version=\"1.0\">" + String.join("", breaks) + "</vmap:VMAP>");
    }

    private static String adBreak(String offset, String source, String... errors) {
        StringBuilder events = new StringBuilder();
        for (String error : errors) {
            events.append("<vmap:Tracking event=\"error\">")
                    .append(Xml.cdata(error))
                    .append("</vmap:Tracking>");
        }
        return "<vmap:AdBreak breakType=\"linear\" timeOffset=\"" + offset + "\">" + source
                + "<vmap:TrackingEvents><vmap:Tracking event=\"breakStart\">https://b.example/start</vmap:Tracking>"
                + events + "</vmap:TrackingEvents></vmap:AdBreak>";
    }

    private static String inline(String attributes, String... ads) {
        return "<vmap:AdSource " + attributes + "><vmap:VASTAdData>" + Xml.vast(ads)
                + "</vmap:VASTAdData></vmap:AdSource>";
    }

    private static String tag(String uri) {
        return "<vmap:AdSource><vmap:AdTagURI templateType=\"vast3\">" + Xml.cdata(uri)
                + "</vmap:AdTagURI></vmap:AdSource>";
    }

    private Resolution resolve() {
        World world = new World(TAG, Optional.empty(), World.Moment.NONE, web);
        ReplayExchange replay = new ReplayExchange(world, 5);
        try (var timer = Executors.newScheduledThreadPool(1)) {
            VastUpstream upstream = new VastUpstream(
                    replay, Runnable::run, timer, InstantSource.system(), limits, VastAnswers.defaults(), "M/1");
            Resolution resolution =
                    upstream.resolve(ask.call()).toCompletableFuture().join();
            timer.shutdownNow();
            asked.addAll(replay.asked());
            return resolution;
        }
    }

    private List<ResolvedAd> ads() {
        return ((Resolution.Filled) resolve()).ads();
    }

    private static List<String> ids(List<ResolvedAd> ads) {
        return ads.stream().map(ad -> ad.adId().orElse("")).toList();
    }

    private static List<String> pings(Resolution resolution) {
        return resolution.errorPings().stream().map(ErrorPing::url).toList();
    }

    @Test
    void breakOfTheSlotIsUsedWithTheAdsInside() {
        schedule(
                adBreak("00:10:00", inline("", Xml.inline("mid"))),
                adBreak("start", inline("", Xml.inline("pre"))),
                adBreak("end", inline("", Xml.inline("post"))));

        assertThat(ids(ads())).containsExactly("pre");
        ask.slot(slot -> slot.setStartDelay(600));
        web.put("https://tag.example/v?of=2", web.get(ASKED));
        assertThat(ids(ads())).containsExactly("mid");
    }

    @Test
    void tagOfABreakIsAskedForWithMacrosAgainstTheScheduleAndIsNoWrapper() {
        limits = limits.withWrappers(1);
        schedule(adBreak("start", tag("/ads?t=[TRANSACTIONID]")));
        page("https://tag.example/ads?t=" + Ask.CORRELATOR, Xml.vast(Xml.wrapper("w", "https://in.example/")));
        page("https://in.example/", Xml.vast(Xml.inline("a")));

        List<ResolvedAd> ads = ads();

        assertThat(ids(ads)).containsExactly("a");
        assertThat(ads.getFirst().trackers())
                .filteredOn(t -> t.getEvent().equals("impression"))
                .extracting(Tracker::getUrl)
                .containsExactly("https://imp.example/w", "https://imp.example/a");
    }

    @Test
    void breaksAtTheSameTimeAreOnePodInTheirOrder() {
        ask.slot(slot ->
                slot.setPod(Pod.newBuilder().setMaxAds(4).setTotalMillis(60_000).build()));
        schedule(
                adBreak("start", tag("https://one.example/")),
                adBreak(
                        "start",
                        inline(
                                "",
                                Xml.inline("p2", "sequence=\"2\"", ""),
                                Xml.inline("p1", "sequence=\"1\"", ""),
                                Xml.inline("spare"))),
                adBreak("start", tag("https://gone.example/")),
                adBreak("start", tag("https://last.example/")));
        page("https://one.example/", Xml.vast(Xml.inline("bumper")));
        page("https://last.example/", Xml.vast(Xml.inline("last")));

        List<ResolvedAd> ads = ads();

        assertThat(ids(ads)).containsExactly("bumper", "p1", "p2", "last", "spare");
        assertThat(ads).extracting(ResolvedAd::sequence).containsExactly(1, 2, 3, 4, 0);
    }

    @Test
    void oneAdIsLookedForInOneBreakAfterTheOther() {
        schedule(
                adBreak("start", tag("https://one.example/")),
                adBreak("start", tag("https://two.example/")),
                adBreak("start", tag("https://three.example/")));
        page("https://one.example/", Xml.vast());
        page("https://two.example/", Xml.vast(Xml.inline("a")));

        assertThat(ids(ads())).containsExactly("a");
        assertThat(asked).containsExactly(ASKED, "https://one.example/", "https://two.example/");
    }

    @Test
    void breakSaysWhetherPodsAndWrappersAreTaken() {
        schedule(adBreak(
                "start",
                inline(
                        "allowMultipleAds=\"false\"",
                        Xml.inline("p", "sequence=\"1\"", ""),
                        Xml.inline("s1"),
                        Xml.inline("s2"))));
        assertThat(ids(ads())).containsExactly("s1");

        schedule(adBreak(
                "start",
                inline("followRedirects=\"false\"", Xml.wrapper("w", "https://in.example/"), Xml.inline("own"))));
        page("https://in.example/", Xml.vast(Xml.inline("a")));
        assertThat(ids(ads())).containsExactly("own");
        assertThat(asked).doesNotContain("https://in.example/");
    }

    @Test
    void breakIsToldWithACodeOfVmapWhenItsDocumentIsOfNoUse() {
        String told = "https://b.example/e?c=[ERROR_CODE]&v=[ERRORCODE]&m=[ERROR_MESSAGE]";
        schedule(adBreak("start", tag("https://gone.example/"), told));
        Resolution lost = resolve();
        assertThat(pings(lost))
                .singleElement()
                .asString()
                .startsWith("https://b.example/e?c=1008&v=1008&m=gone.example%3A");
        assertThat(lost.errorPings()).extracting(ErrorPing::code).containsExactly(1008);

        page("https://gone.example/", "no document");
        assertThat(pings(resolve())).singleElement().asString().startsWith("https://b.example/e?c=1006&v=1006&m=");

        schedule(adBreak("start", "<vmap:AdSource><vmap:VASTAdData/></vmap:AdSource>", told));
        assertThat(pings(resolve())).singleElement().asString().startsWith("https://b.example/e?c=1006");

        schedule(adBreak("start", "<vmap:AdSource><vmap:CustomAdData>{}</vmap:CustomAdData></vmap:AdSource>", told));
        Resolution custom = resolve();
        assertThat(pings(custom)).singleElement().asString().startsWith("https://b.example/e?c=1005");
        assertThat(custom)
                .isInstanceOfSatisfying(
                        Resolution.NoAd.class, no -> assertThat(no.reason()).startsWith("VMAP 1005: "));
    }

    @Test
    void breakIsToldWithTheAdsOwnCodeWhenAnAdInItFails() {
        ask.slot(slot -> slot.setMaxDurationMillis(1000));
        schedule(adBreak(
                "start", inline("", Xml.wrapper("w", "https://in.example/")), "https://b.example/?c=[ERROR_CODE]"));
        page("https://in.example/", Xml.vast(Xml.inline("a")));

        assertThat(pings(resolve()))
                .containsExactlyInAnyOrder(
                        "https://err.example/w?c=202", "https://err.example/a?c=202", "https://b.example/?c=202");
    }

    @Test
    void playerTellsTheBreakOfLaterErrorsToo() {
        schedule(adBreak("start", inline("", Xml.inline("a")), "https://b.example/?c=[ERROR_CODE]"));

        assertThat(ads().getFirst().trackers())
                .filteredOn(t -> t.getEvent().equals("error"))
                .extracting(Tracker::getUrl)
                .containsExactly("https://b.example/?c=[ERRORCODE]", "https://err.example/a?c=[ERRORCODE]");
    }

    @Test
    void breakWithNothingInItOwesNothing() {
        schedule(adBreak("start", "", "https://b.example/?c=[ERROR_CODE]"));

        assertThat(resolve())
                .isInstanceOfSatisfying(
                        Resolution.NoAd.class, no -> assertThat(no.errorPings()).isEmpty());
    }

    @Test
    void scheduleWithoutABreakForTheSlotIsNoAd() {
        schedule(adBreak("end", inline("", Xml.inline("post")), "https://b.example/?c=[ERROR_CODE]"));

        assertThat(resolve()).isInstanceOfSatisfying(Resolution.NoAd.class, no -> {
            assertThat(no.reason()).isEqualTo("VAST 303: no linear break for this slot in the schedule");
            assertThat(no.errorPings()).isEmpty();
        });
    }

    @Test
    void onlyATagMayAnswerWithASchedule() {
        page(ASKED, Xml.vast(Xml.wrapper("w", "https://in.example/")));
        page(
                "https://in.example/",
                "<VMAP version=\"1.0\">" + adBreak("start", inline("", Xml.inline("a"))) + "</VMAP>");
        Resolution behindAWrapper = resolve();
        assertThat(pings(behindAWrapper)).containsExactly("https://err.example/w?c=101");
        assertThat(behindAWrapper)
                .isInstanceOfSatisfying(
                        Resolution.Failed.class,
                        f -> assertThat(f.failure()).isInstanceOf(UpstreamFailure.Malformed.class));

        schedule(adBreak("start", tag("https://in.example/"), "https://b.example/?c=[ERROR_CODE]"));
        assertThat(pings(resolve())).containsExactly("https://b.example/?c=1006");
    }

    @Test
    void tagsOfBreaksAreHeldToTheGuardAndToTheLimits() {
        schedule(adBreak("start", tag("file:///etc/passwd"), "https://b.example/?c=[ERROR_CODE]"));
        assertThat(pings(resolve())).containsExactly("https://b.example/?c=1008");

        schedule(adBreak("start", tag(ASKED), "https://b.example/?c=[ERROR_CODE]"));
        assertThat(pings(resolve())).as("a schedule that leads to itself").containsExactly("https://b.example/?c=302");

        limits = new VastLimits(limits.document(), 5, 3, 4, 256 * 1024, true);
        ask.slot(slot ->
                slot.setPod(Pod.newBuilder().setMaxAds(9).setTotalMillis(60_000).build()));
        String[] many = new String[9];
        for (int i = 0; i < many.length; i++) {
            many[i] = adBreak("start", tag("https://many.example/" + i));
        }
        schedule(many);
        asked.clear();
        resolve();
        assertThat(asked).hasSize(3);
    }

    @Test
    void scheduleInABidIsReadLikeATags() {
        // The markup of a bid is a document that nobody has to be asked for.
        String markup = "<VMAP>" + adBreak("start", inline("", Xml.inline("a"))) + "</VMAP>";

        assertThat(HopAnswer.read(markup, url(), limits)).isInstanceOf(HopAnswer.Schedule.class);
    }

    private static millrace.upstream.http.Url url() {
        try {
            return millrace.upstream.http.Url.parse(ASKED);
        } catch (millrace.upstream.http.Url.Refusal e) {
            throw new AssertionError(e);
        }
    }
}
