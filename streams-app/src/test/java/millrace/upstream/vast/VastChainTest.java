package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.MediaChoice;
import millrace.schemas.Site;
import millrace.schemas.Tracker;
import millrace.upstream.Ask;
import millrace.upstream.ErrorPing;
import millrace.upstream.Fanout;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.UpstreamCall;
import millrace.upstream.UpstreamFailure;
import millrace.upstream.http.Url;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.schedule.BreakChoice;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;
import millrace.upstream.vast.xml.DocumentLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VastChainTest {
    private static final String TAG = "https://tag.example/v";

    /** A small web: URL to what it answers. */
    private final Map<String, HopAnswer> web = new HashMap<>();

    private final List<String> asked = new ArrayList<>();
    private Ask ask = Ask.upstream(TAG);
    private VastLimits limits = VastLimits.defaults();

    private void page(String url, String... parts) {
        ParsedVast parsed = DocumentReader.read(Xml.bytes(Xml.vast(parts)));
        web.put(url, new HopAnswer.Document((VastDocument) parsed, url(url)));
    }

    private static Url url(String text) {
        try {
            return Url.parse(text);
        } catch (Url.Refusal e) {
            throw new AssertionError(e);
        }
    }

    private VastChain chain() {
        UpstreamCall call = ask.call();
        RequestMacros macros = new RequestMacros(
                call.context(), call.request(), call.slot(), call.request().getBlockedCategories(), "M/1");
        SlotFit fit = SlotFit.of(call.slot(), call.request(), MediaChoice.AS_LISTED);
        return VastChain.start(rules(call, fit), macros, url(TAG), call.fanout());
    }

    private VastChain.Rules rules(UpstreamCall call, SlotFit fit) {
        return new VastChain.Rules(limits, fit, BreakChoice.of(call.slot(), call.request()));
    }

    private VastOutcome run() {
        VastChain chain = chain();
        for (List<Hop> hops = chain.toAsk(); !hops.isEmpty(); hops = chain.toAsk()) {
            // The last one asked answers first: the outcome must not depend on who is fast.
            hops.reversed().forEach(hop -> chain.answered(hop, answer(hop)));
        }
        return chain.outcome().orElseThrow();
    }

    private Shape shape() {
        UpstreamCall call = ask.call();
        RequestMacros macros = new RequestMacros(call.context(), call.request(), call.slot(), List.of(), "M/1");
        return new Shape(macros, AnswerMarkup.SOURCE, VastVersion.V4_2, Beacons.NONE, false);
    }

    private List<ResolvedAd> ads(VastOutcome done) {
        return done.ads().stream().map(shape()::of).toList();
    }

    private HopAnswer answer(Hop hop) {
        String asking = hop.url().toString();
        asked.add(asking);
        HopAnswer lost = new HopAnswer.Lost(new UpstreamFailure.HttpStatus(404, "no page " + asking));
        return web.getOrDefault(asking, lost);
    }

    private static List<String> ids(VastOutcome done) {
        return done.ads().stream().map(a -> a.ad().id()).toList();
    }

    private static List<String> urls(ResolvedAd ad, String event) {
        return ad.trackers().stream()
                .filter(t -> t.getEvent().equals(event))
                .map(Tracker::getUrl)
                .toList();
    }

    private static List<String> pings(VastOutcome done) {
        return done.pings().stream().map(ErrorPing::url).toList();
    }

    private void wrappers(int count) {
        for (int i = 1; i <= count; i++) {
            page(i == 1 ? TAG : "https://w.example/" + i, Xml.wrapper("w" + i, "https://w.example/" + (i + 1)));
        }
        page("https://w.example/" + (count + 1), Xml.inline("a"));
    }

    @Test
    void inlineAdIsResolved() {
        page(TAG, Xml.inline("a"));

        VastOutcome done = run();

        assertThat(ids(done)).containsExactly("a");
        assertThat(done.pings()).isEmpty();
        assertThat(done.resolution(shape(), Map.of())).isInstanceOf(Resolution.Filled.class);
        ResolvedAd ad = ads(done).getFirst();
        assertThat(ad.creative()).isEqualTo("c-a");
        assertThat(ad.title()).contains("Title of a");
        assertThat(ad.markup().orElseThrow()).contains("<Ad id=\"a\"");
        assertThat(ad.media()).hasSize(1);
    }

    @Test
    void wrappersAddTheirTrackersOuterFirst() {
        wrappers(2);

        ResolvedAd ad = ads(run()).getFirst();

        assertThat(urls(ad, "impression"))
                .containsExactly("https://imp.example/w1", "https://imp.example/w2", "https://imp.example/a");
        assertThat(urls(ad, "error")).hasSize(3);
        assertThat(urls(ad, "start"))
                .containsExactly(
                        "https://t.example/w1/start", "https://t.example/w2/start", "https://t.example/a/start");
        assertThat(urls(ad, "click")).containsExactly("https://click.example/w1", "https://click.example/w2");
        assertThat(ad.trackers())
                .filteredOn(t -> t.getEvent().equals("progress"))
                .extracting(Tracker::getOffset)
                .containsExactly("00:00:05", "00:00:05");
        assertThat(ad.clickThrough()).contains("https://land.example/w2");
    }

    @Test
    void adsOwnClickThroughBeatsTheWrappers() {
        page(TAG, Xml.wrapper("w", "https://in.example/"));
        page(
                "https://in.example/",
                Xml.inline("a")
                        .replace(
                                "<MediaFiles>",
                                "<VideoClicks><ClickThrough>https://own.example/</ClickThrough></VideoClicks><MediaFiles>"));

        assertThat(ads(run()).getFirst().clickThrough()).contains("https://own.example/");
    }

    @Test
    void fifthWrapperIsFollowed() {
        wrappers(5);

        assertThat(ids(run())).containsExactly("a");
        assertThat(asked).hasSize(6);
    }

    @Test
    void errorCallThatIsLongerThanAnyUrlIsNotOwed() {
        ask.request(r -> r.setSite(Site.newBuilder()
                .setPage("https://page.example/" + "p".repeat(20_000))
                .build()));
        page(
                TAG,
                "<Error><![CDATA[https://err.example/long?page=[PAGEURL]]]></Error>",
                "<Error><![CDATA[https://err.example/short?c=[ERRORCODE]]]></Error>");

        assertThat(pings(run())).containsExactly("https://err.example/short?c=303");
    }

    @Test
    void sixthWrapperFailsWith302AndItsTagIsNotAsked() {
        wrappers(6);

        VastOutcome done = run();

        assertThat(asked).hasSize(6).doesNotContain("https://w.example/7");
        assertThat(pings(done))
                .containsExactlyInAnyOrder(
                        "https://err.example/w1?c=302",
                        "https://err.example/w2?c=302",
                        "https://err.example/w3?c=302",
                        "https://err.example/w4?c=302",
                        "https://err.example/w5?c=302",
                        "https://err.example/w6?c=302");
        assertThat(done.resolution(shape(), Map.of()))
                .isInstanceOfSatisfying(
                        Resolution.NoAd.class, no -> assertThat(no.reason()).contains("302"));
    }

    @Test
    void loopFailsWith302() {
        page(TAG, Xml.wrapper("w1", "https://w.example/2"));
        page("https://w.example/2", Xml.wrapper("w2", TAG));

        VastOutcome done = run();

        assertThat(asked).hasSize(2);
        assertThat(pings(done)).containsExactly("https://err.example/w1?c=302", "https://err.example/w2?c=302");
    }

    @Test
    void tagIsReadAgainstWhatAnswered() {
        page(TAG, Xml.wrapper("w1", "../next?x=1"));
        web.computeIfPresent(
                TAG,
                (u, a) -> new HopAnswer.Document(
                        ((HopAnswer.Document) a).document(), url("https://moved.example/a/b/c")));
        page("https://moved.example/a/next?x=1", Xml.wrapper("w2", "//last.example/v"));
        page("https://last.example/v", Xml.inline("a"));

        assertThat(ids(run())).containsExactly("a");
    }

    @Test
    void macrosAreSubstitutedOnEveryHopWithTheSameValues() {
        page(
                TAG,
                Xml.wrapper(
                        "w1",
                        "https://w.example/2?cb=[CACHEBUSTING]&t=[TRANSACTIONID]&b=[BLOCKEDADCATEGORIES]",
                        "",
                        "",
                        "<BlockedAdCategories>IAB9</BlockedAdCategories>"));
        page(
                "https://w.example/2?cb=01234567&t=" + Ask.CORRELATOR + "&b=IAB9",
                Xml.wrapper("w2", "https://w.example/3?cb=[CACHEBUSTING]&t=[TRANSACTIONID]"));
        page("https://w.example/3?cb=01234567&t=" + Ask.CORRELATOR, Xml.inline("a"));

        assertThat(ids(run())).containsExactly("a");
    }

    @Test
    void emptyAnswerAfterAWrapperIs303ForRootAndWrapper() {
        page(TAG, Xml.wrapper("w", "https://in.example/"));
        page("https://in.example/", Xml.rootError("https://root.example/?c=[ERRORCODE]"));

        VastOutcome done = run();

        assertThat(pings(done)).containsExactly("https://root.example/?c=303", "https://err.example/w?c=303");
        assertThat(done.resolution(shape(), Map.of()))
                .isInstanceOfSatisfying(
                        Resolution.NoAd.class, no -> assertThat(no.reason()).contains("303"));
    }

    @Test
    void rootErrorIsNotOwedWhenThereIsAnAd() {
        page(TAG, Xml.rootError("https://root.example/"), Xml.inline("a"));

        assertThat(run().pings()).isEmpty();
    }

    @Test
    void noBodyIsNoAd() {
        page(TAG, Xml.wrapper("w", "https://in.example/"));
        web.put("https://in.example/", new HopAnswer.Empty());

        assertThat(pings(run())).containsExactly("https://err.example/w?c=303");
    }

    @Test
    void lostAnswerIs301AndKeepsItsFailure() {
        page(TAG, Xml.wrapper("w", "https://gone.example/"));

        VastOutcome done = run();

        assertThat(pings(done)).containsExactly("https://err.example/w?c=301");
        assertThat(done.resolution(shape(), Map.of()))
                .isInstanceOfSatisfying(
                        Resolution.Failed.class,
                        f -> assertThat(f.failure()).isInstanceOf(UpstreamFailure.HttpStatus.class));
    }

    @Test
    void malformedAnswerHasItsOwnCode() {
        page(TAG, Xml.wrapper("w", "https://bad.example/"));
        web.put("https://bad.example/", new HopAnswer.Malformed(102, "VAST 1.0"));

        VastOutcome done = run();

        assertThat(pings(done)).containsExactly("https://err.example/w?c=102");
        assertThat(done.resolution(shape(), Map.of()))
                .isInstanceOfSatisfying(
                        Resolution.Failed.class,
                        f -> assertThat(f.failure()).isInstanceOf(UpstreamFailure.Malformed.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "javascript:alert(1)",
                "http://2130706433/",
                "http://0177.0.0.1/",
                "http://0x7f.1/",
                "http://u:p@h.example/"
            })
    void wrapperThatPointsWhereNobodyMayGoIs300(String target) {
        page(TAG, Xml.wrapper("w", target));

        VastOutcome done = run();

        assertThat(asked).containsExactly(TAG);
        assertThat(pings(done)).containsExactly("https://err.example/w?c=300");
        assertThat(done.resolution(shape(), Map.of()))
                .isInstanceOfSatisfying(
                        Resolution.Failed.class,
                        f -> assertThat(f.failure()).isInstanceOf(UpstreamFailure.Refused.class));
    }

    @Test
    void wrapperWithoutATagIs101() {
        page(TAG, Xml.wrapper("w", " "));

        assertThat(pings(run())).containsExactly("https://err.example/w?c=101");
    }

    @Test
    void wrapperThatForbidsFurtherOnesTakesNone() {
        page(TAG, Xml.wrapper("w1", "https://w.example/2", "", "followAdditionalWrappers=\"false\"", ""));
        page("https://w.example/2", Xml.wrapper("w2", "https://w.example/3"));

        VastOutcome done = run();

        assertThat(asked).hasSize(2);
        assertThat(pings(done)).containsExactly("https://err.example/w1?c=302");
    }

    @Test
    void wrapperThatForbidsFurtherOnesTakesAnInline() {
        page(TAG, Xml.wrapper("w1", "https://w.example/2", "", "followAdditionalWrappers=\"false\"", ""));
        page("https://w.example/2", Xml.inline("a"));

        assertThat(ids(run())).containsExactly("a");
    }

    @Test
    void withoutAllowMultipleAdsOnlyTheFirstStandAloneAdIsTaken() {
        page(TAG, Xml.wrapper("w", "https://in.example/"));
        page("https://in.example/", Xml.inline("p", "sequence=\"1\"", ""), Xml.inline("s1"), Xml.inline("s2"));

        assertThat(ids(run())).containsExactly("s1");
    }

    @Test
    void withAllowMultipleAdsThePodComesInOrderThenTheRest() {
        page(TAG, Xml.wrapper("w", "https://in.example/", "", "allowMultipleAds=\"true\"", ""));
        page(
                "https://in.example/",
                Xml.inline("p2", "sequence=\"2\"", ""),
                Xml.inline("s1"),
                Xml.inline("p1", "sequence=\"1\"", ""),
                Xml.inline("s2"));

        VastOutcome done = run();

        assertThat(ids(done)).containsExactly("p1", "p2", "s1", "s2");
        assertThat(ads(done))
                .allSatisfy(ad -> assertThat(urls(ad, "impression")).contains("https://imp.example/w"));
    }

    @Test
    void loneSequencedAdBehindAWrapperIsTakenUnlessStrict() {
        page(TAG, Xml.wrapper("w", "https://in.example/"));
        page("https://in.example/", Xml.inline("a", "sequence=\"1\"", ""));

        assertThat(ids(run())).containsExactly("a");

        limits = new VastLimits(DocumentLimits.defaults(), 5, 20, 4, 256 * 1024, false);
        assertThat(run().ads()).isEmpty();
    }

    @Test
    void wrapperInAPodTakesItsPlace() {
        page(
                TAG,
                Xml.inline("p1", "sequence=\"1\"", ""),
                Xml.wrapper("w2", "https://in.example/", "sequence=\"2\"", "", ""),
                Xml.inline("p3", "sequence=\"3\"", ""));
        page("https://in.example/", Xml.inline("inner"));

        VastOutcome done = run();

        assertThat(ids(done)).containsExactly("p1", "inner", "p3");
        assertThat(urls(ads(done).getFirst(), "impression")).containsExactly("https://imp.example/p1");
    }

    @Test
    void emptyStandAloneWrapperFallsBackToTheNextAd() {
        page(TAG, Xml.wrapper("w", "https://in.example/", "", "fallbackOnNoAd=\"true\"", ""), Xml.inline("s"));
        web.put("https://in.example/", new HopAnswer.Empty());

        VastOutcome done = run();

        assertThat(ids(done)).containsExactly("s");
        assertThat(urls(ads(done).getFirst(), "impression")).containsExactly("https://imp.example/s");
        assertThat(pings(done)).containsExactly("https://err.example/w?c=303");
    }

    @Test
    void emptyWrapperThatForbidsFallbackHasNoReplacement() {
        page(
                TAG,
                Xml.inline("p", "sequence=\"1\"", ""),
                Xml.wrapper("w", "https://in.example/", "", "fallbackOnNoAd=\"false\"", ""),
                Xml.inline("s"));
        page("https://in.example/", Xml.inline("too-long", "", "", "00:10:00", "video/mp4"));
        ask = ask.slot(s -> s.setMaxDurationMillis(30_000));

        // The pod member makes the wrapper a spare, so take it away to see the rule.
        assertThat(ids(run())).containsExactly("p", "s");
        page(TAG, Xml.wrapper("w", "https://in.example/", "", "fallbackOnNoAd=\"false\"", ""), Xml.inline("s"));
        assertThat(run().ads()).isEmpty();
    }

    @Test
    void spareWrapperIsNotAskedOnceThereIsAnAd() {
        page(TAG, Xml.inline("a"), Xml.wrapper("spare", "https://in.example/"));

        assertThat(ids(run())).containsExactly("a");
        assertThat(asked).containsExactly(TAG);
    }

    @Test
    void adThatIsTooLongIs202ToItsOwnChain() {
        page(TAG, Xml.wrapper("w", "https://in.example/"));
        page("https://in.example/", Xml.inline("a", "", "", "00:00:31", "video/mp4"));
        ask = ask.slot(s -> s.setMaxDurationMillis(30_000));

        VastOutcome done = run();

        assertThat(pings(done)).containsExactly("https://err.example/w?c=202", "https://err.example/a?c=202");
        assertThat(done.resolution(shape(), Map.of()))
                .isInstanceOfSatisfying(
                        Resolution.NoAd.class, no -> assertThat(no.reason()).contains("202"));
    }

    @Test
    void lengthMustFitTheSlot() {
        page(
                TAG,
                Xml.inline("short", "", "", "00:00:04", "video/mp4"),
                Xml.inline("fits", "", "", "00:00:15", "video/mp4"),
                Xml.inline("unknown", "", "", "soon", "video/mp4"));

        ask = Ask.upstream(TAG).slot(s -> s.setMinDurationMillis(5000));
        assertThat(ids(run())).containsExactly("fits");
        ask = Ask.upstream(TAG).slot(s -> s.setRequiredDurationsMillis(List.of(4000, 30_000)));
        assertThat(ids(run())).containsExactly("short");
        ask = Ask.upstream(TAG);
        assertThat(ids(run())).containsExactly("short", "fits", "unknown");
    }

    @Test
    void mediaThatThePlayerDoesNotTakeIs403() {
        page(TAG, Xml.inline("a", "", "", "00:00:15", "video/webm"));
        ask = ask.slot(s -> s.setMimes(List.of("video/mp4")));

        assertThat(pings(run())).containsExactly("https://err.example/a?c=403");

        ask = Ask.upstream(TAG).slot(s -> s.setMimes(List.of("Video/WebM")));
        assertThat(ids(run())).containsExactly("a");
    }

    @Test
    void adWithoutALinearCreativeIs201() {
        page(TAG, "<Ad id=\"n\"><InLine><Error>https://err.example/n?c=[ERRORCODE]</Error></InLine></Ad>");

        assertThat(pings(run())).containsExactly("https://err.example/n?c=201");
    }

    @Test
    void blockedCategoryIs205() {
        page(TAG, Xml.wrapper("w", "https://in.example/", "", "", "<BlockedAdCategories>IAB7</BlockedAdCategories>"));
        page("https://in.example/", Xml.inline("a", "", "<Category>IAB7-3</Category>"));

        assertThat(pings(run())).containsExactly("https://err.example/w?c=205", "https://err.example/a?c=205");

        page(TAG, Xml.inline("b", "", "<Category>IAB9</Category>"));
        ask = ask.request(r -> r.setBlockedCategories(List.of("iab9")));
        assertThat(pings(run())).containsExactly("https://err.example/b?c=205");
    }

    @Test
    void blockedAdvertiserIs200() {
        page(TAG, Xml.inline("a", "", "<Advertiser>shop.acme.example</Advertiser>"), Xml.inline("b"));
        ask = ask.request(r -> r.setBlockedAdvertisers(List.of("ACME.example")));

        VastOutcome done = run();

        assertThat(ids(done)).containsExactly("b");
        assertThat(pings(done)).containsExactly("https://err.example/a?c=200");
    }

    @Test
    void eachErrorUrlIsOwedOnce() {
        page(TAG, Xml.wrapper("w", "https://in.example/", "", "allowMultipleAds=\"true\"", ""));
        page("https://in.example/", Xml.inline("a"), Xml.inline("b"));
        ask = ask.slot(s -> s.setMaxDurationMillis(1000));

        assertThat(pings(run()))
                .containsExactly(
                        "https://err.example/w?c=202", "https://err.example/a?c=202", "https://err.example/b?c=202");
    }

    @Test
    void documentOfUnreadableAdsIs101() {
        page(TAG, Xml.wrapper("w", "https://in.example/"));
        page("https://in.example/", "<Ad id=\"x\"/>");

        assertThat(pings(run())).containsExactly("https://err.example/w?c=101");
    }

    @Test
    void manyWrappersCannotMakeAFloodOfCalls() {
        limits = new VastLimits(DocumentLimits.defaults(), 5, 3, 4, 256 * 1024, true);
        String[] pod = new String[10];
        for (int i = 0; i < pod.length; i++) {
            pod[i] = Xml.wrapper("w" + i, "https://w.example/" + i, "sequence=\"" + (i + 1) + "\"", "", "");
        }
        page(TAG, pod);

        run();

        assertThat(asked).hasSize(3);
    }

    @Test
    void adWithTooManyTrackersIsNotUsable() {
        limits = new VastLimits(DocumentLimits.defaults(), 5, 20, 4, 1024, true);
        page(TAG, Xml.inline("a", "", "<Impression>https://i.example/" + "x".repeat(1024) + "</Impression>"));

        assertThat(pings(run())).containsExactly("https://err.example/a?c=101");
    }

    @Test
    void deadlineEndsWithWhatThereIs() {
        page(
                TAG,
                Xml.inline("p1", "sequence=\"1\"", ""),
                Xml.wrapper("w2", "https://slow.example/", "sequence=\"2\"", "", ""),
                Xml.inline("p3", "sequence=\"3\"", ""),
                Xml.wrapper("w4", "https://never.example/", "sequence=\"4\"", "", ""));
        limits = new VastLimits(DocumentLimits.defaults(), 5, 20, 1, 256 * 1024, true);
        VastChain chain = chain();
        Hop tag = chain.toAsk().getFirst();
        chain.answered(tag, answer(tag));
        assertThat(chain.toAsk()).extracting(h -> h.url().toString()).containsExactly("https://slow.example/");

        VastOutcome done = chain.expired(new UpstreamFailure.TimedOut("late"));

        assertThat(ids(done)).containsExactly("p1", "p3");
        assertThat(pings(done)).containsExactly("https://err.example/w2?c=301");
    }

    @Test
    void podMembersAreAskedSideBySideUpToTheLimitAndKeepTheirOrder() {
        String[] pod = new String[6];
        for (int i = 0; i < pod.length; i++) {
            pod[i] = Xml.wrapper("w" + i, "https://w.example/" + i, "sequence=\"" + (i + 1) + "\"", "", "");
            page("https://w.example/" + i, Xml.inline("a" + i));
        }
        page(TAG, pod);
        VastChain chain = chain();
        Hop tag = chain.toAsk().getFirst();
        chain.answered(tag, answer(tag));

        List<Hop> first = chain.toAsk();
        assertThat(first).hasSize(4);
        assertThat(chain.toAsk()).isEmpty();
        chain.answered(first.getLast(), answer(first.getLast()));
        assertThat(chain.toAsk()).hasSize(1);
        assertThat(chain.outcome()).isEmpty();

        assertThat(ids(run())).containsExactly("a0", "a1", "a2", "a3", "a4", "a5");
    }

    @Test
    void failedPodMemberIsReplacedByTheNextUnusedStandAloneAd() {
        page(
                TAG,
                Xml.inline("p1", "sequence=\"1\"", ""),
                Xml.wrapper("w2", "https://gone.example/", "sequence=\"2\"", "", ""),
                Xml.inline("s1", "", "", "00:10:00", "video/mp4"),
                Xml.wrapper("s2", "https://spare.example/"),
                Xml.inline("s3"),
                Xml.inline("p3", "sequence=\"3\"", ""));
        page("https://spare.example/", Xml.inline("spare"));
        ask = ask.slot(s -> s.setMaxDurationMillis(30_000));

        VastOutcome done = run();

        assertThat(ids(done)).containsExactly("p1", "spare", "p3", "s3");
        assertThat(ads(done)).extracting(ResolvedAd::sequence).containsExactly(1, 2, 3, 0);
        assertThat(pings(done)).containsExactly("https://err.example/w2?c=301", "https://err.example/s1?c=202");
    }

    @Test
    void sparesAreNotAskedWhileAPodMemberIsAwaited() {
        page(
                TAG,
                Xml.wrapper("w1", "https://in.example/", "sequence=\"1\"", "", ""),
                Xml.wrapper("spare", "https://spare.example/"));
        page("https://in.example/", Xml.inline("a"));

        assertThat(ids(run())).containsExactly("a");
        assertThat(asked).containsExactly(TAG, "https://in.example/");
    }

    @Test
    void podMemberThatForbidsFallbackLeavesItsPlaceEmpty() {
        page(
                TAG,
                Xml.wrapper("w1", "https://gone.example/", "sequence=\"1\"", "fallbackOnNoAd=\"false\"", ""),
                Xml.inline("p2", "sequence=\"2\"", ""),
                Xml.inline("s"));

        assertThat(ids(run())).containsExactly("p2", "s");
    }

    @Test
    void podBehindAPodMemberStaysInItsPlaceInInnerOrder() {
        page(
                TAG,
                Xml.inline("p3", "sequence=\"30\"", ""),
                Xml.wrapper("w", "https://in.example/", "sequence=\"20\"", "allowMultipleAds=\"1\"", ""),
                Xml.inline("p1", "sequence=\"9\"", ""));
        page(
                "https://in.example/",
                Xml.inline("i2", "sequence=\"2\"", ""),
                Xml.inline("inner-spare"),
                Xml.inline("i1", "sequence=\"1\"", ""));

        VastOutcome done = run();

        assertThat(ids(done)).containsExactly("p1", "i1", "i2", "p3");
        assertThat(ads(done)).extracting(ResolvedAd::sequence).containsExactly(9, 20, 20, 30);
    }

    @Test
    void requestsFanOutIsSharedByItsCalls() {
        page(TAG, Xml.wrapper("w", "https://in.example/"));
        page("https://in.example/", Xml.inline("a"));
        UpstreamCall call = ask.call();
        Fanout three = new Fanout(3);
        VastChain.Rules rules = rules(call, SlotFit.of(call.slot(), call.request(), MediaChoice.AS_LISTED));
        RequestMacros macros = new RequestMacros(call.context(), call.request(), call.slot(), List.of(), "M/1");
        List<VastOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            VastChain chain = VastChain.start(rules, macros, url(TAG), three);
            for (List<Hop> hops = chain.toAsk(); !hops.isEmpty(); hops = chain.toAsk()) {
                hops.forEach(hop -> chain.answered(hop, answer(hop)));
            }
            outcomes.add(chain.outcome().orElseThrow());
        }

        assertThat(asked).hasSize(3);
        assertThat(ids(outcomes.getFirst())).containsExactly("a");
        assertThat(pings(outcomes.getLast())).containsExactly("https://err.example/w?c=302");
    }

    @Test
    void creativeIsNamedByTheBestIdThereIs() {
        String ad = "<Ad id=\"%s\"><InLine><Creatives><Creative %s>%s<Linear><MediaFiles><MediaFile>"
                + "https://m.example/x.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad>";
        page(
                TAG,
                ad.formatted("ad", "id=\"c\" adId=\"x\"", "<UniversalAdId>u</UniversalAdId>"),
                ad.formatted("ad", "id=\"c\" adId=\"x\"", ""),
                ad.formatted("ad", "id=\"c\"", ""),
                ad.formatted("ad", "", ""),
                ad.formatted("", "", ""));

        assertThat(ads(run()))
                .extracting(ResolvedAd::creative)
                .containsExactly("u", "x", "c", "ad", "https://m.example/x.mp4");
    }
}
