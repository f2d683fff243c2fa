package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.MediaChoice;
import millrace.schemas.Tracker;
import millrace.upstream.Ask;
import millrace.upstream.ErrorPing;
import millrace.upstream.Resolution;
import millrace.upstream.ResolvedAd;
import millrace.upstream.UpstreamCall;
import millrace.upstream.replay.Page;
import millrace.upstream.replay.ReplayExchange;
import millrace.upstream.replay.World;
import millrace.upstream.vast.check.DocumentCheck;
import millrace.upstream.vast.check.Finding;
import millrace.upstream.vast.document.Companion;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.Verification;
import millrace.upstream.vast.document.ViewableImpression;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;
import millrace.upstream.vast.writer.VastWriter;
import millrace.upstream.vast.xml.DocumentLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One ad behind one wrapper that adds to everything a wrapper may add to. */
class MergedAdTest {
    private static final String TAG = "https://outer.example/v";

    private Ask ask = Ask.upstream(TAG);
    private VastAnswers answers = VastAnswers.defaults();

    static byte[] file(String name) {
        try (var in = MergedAdTest.class.getResourceAsStream("/vast/merge/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static World world() {
        return new World(
                TAG,
                Optional.empty(),
                World.Moment.NONE,
                Map.of(
                        TAG,
                        new Page.Answer(200, Map.of(), file("outer.xml")),
                        "https://inner.example/v",
                        new Page.Answer(200, Map.of(), file("inner.xml"))));
    }

    private VastUpstream upstream(ScheduledExecutorService timer) {
        return new VastUpstream(
                new ReplayExchange(world(), 5),
                Runnable::run,
                timer,
                InstantSource.system(),
                VastLimits.defaults(),
                answers,
                "M/1");
    }

    private MergedAd merged() {
        try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(1)) {
            VastOutcome outcome =
                    upstream(timer).outcome(ask.call()).toCompletableFuture().join();
            timer.shutdownNow();
            assertThat(outcome.pings()).isEmpty();
            return outcome.ads().getFirst();
        }
    }

    private ResolvedAd resolved() {
        try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(1)) {
            UpstreamCall call = ask.call();
            Resolution resolution =
                    upstream(timer).resolve(call).toCompletableFuture().join();
            timer.shutdownNow();
            return ((Resolution.Filled) resolution).ads().getFirst();
        }
    }

    private static Stream<String> urls(List<Link> links) {
        return links.stream().map(Link::url);
    }

    @Test
    void callsOfEveryLevelAreKeptOuterFirst() {
        VastAd.InLine ad = merged().ad();

        assertThat(urls(ad.impressions()))
                .containsExactly(
                        "https://outer.example/imp",
                        "https://inner.example/imp?t=[TRANSACTIONID]&s=[ADSERVINGID]&cb=[CACHEBUSTING]");
        assertThat(ad.errors())
                .containsExactly(
                        "https://outer.example/error?c=[ERRORCODE]", "https://inner.example/error?c=[ERRORCODE]");
        ViewableImpression viewable = ad.definition().viewable().orElseThrow();
        assertThat(viewable.viewable())
                .containsExactly("https://outer.example/viewable", "https://inner.example/viewable");
        assertThat(viewable.notViewable()).containsExactly("https://outer.example/notviewable");
        assertThat(ad.definition().verifications().stream().map(Verification::vendor))
                .containsExactly("outer.example-omid");
        assertThat(ad.definition().extensions().stream().map(Extension::type)).containsExactly("waterfall", "own");
    }

    @Test
    void linearTrackersAndClicksAreUnitedAndTheClosestClickThroughLeads() {
        MergedAd merged = merged();

        assertThat(merged.linear().tracking().stream().map(t -> t.event() + " " + t.offset() + " " + t.url()))
                .containsExactly(
                        "start  https://outer.example/start",
                        "progress 00:00:05 https://outer.example/p5",
                        "custom  https://outer.example/custom",
                        "start  https://inner.example/start",
                        "progress 10% https://inner.example/p10",
                        "notUsed  https://inner.example/notused?t=[TRANSACTIONID]");
        assertThat(urls(merged.linear().clicks().tracking()))
                .containsExactly("https://outer.example/click", "https://inner.example/click");
        assertThat(urls(merged.linear().clicks().custom())).containsExactly("https://outer.example/customclick");
        assertThat(merged.linear().clicks().through().map(Link::url)).contains("https://outer.example/land");
    }

    @Test
    void closestIconOfAProgramWinsAndTheOthersStay() {
        assertThat(merged().linear().icons().stream().map(Icon::program)).containsExactly("AdChoices", "OuterOnly");
        assertThat(merged().linear().icons().getFirst().resources().toString()).contains("inner.example/choices");
    }

    @Test
    void companionsAreTheAdsOwnThenThoseThatTakeNoPlaceOfOne() {
        List<Companion> companions =
                merged().ad().creatives().get(1).companions().orElseThrow().companions();

        assertThat(companions.stream().map(Companion::id)).containsExactly("own", "other");
        assertThat(urls(companions.getFirst().clickTracking()))
                .containsExactly("https://outer.example/companion/click");
        assertThat(companions.getFirst().tracking().stream().map(Tracking::url))
                .containsExactly("https://outer.example/companion/view");
        assertThat(companions.getLast().tracking()).isEmpty();
    }

    @Test
    void nonlinearTrackersGoToTheNonlinearAds() {
        NonLinearAds ads = merged().ad().creatives().get(2).nonLinear().orElseThrow();

        assertThat(ads.tracking().stream().map(Tracking::url))
                .containsExactly("https://outer.example/nonlinear/view", "https://inner.example/nonlinear/view");
        assertThat(urls(ads.ads().getFirst().clickTracking())).containsExactly("https://outer.example/nonlinear/click");
    }

    @Test
    void whatNamesTheAdIsItsOwnAndThePriceIsTheOutermost() {
        VastAd.InLine ad = merged().ad();

        assertThat(ad.id()).isEqualTo("ad");
        assertThat(ad.servingId()).isEqualTo("inner-1");
        assertThat(ad.title()).isEqualTo("Title & more");
        assertThat(ad.definition().system().name()).isEqualTo("inner.example");
        assertThat(ad.definition().pricing().orElseThrow().value()).isEqualTo("3.50");
        assertThat(ad.categoryCodes()).containsExactly("IAB1-1");
    }

    @Test
    void settledMacrosAreFilledIntoTrackersAndThePlayersStay() {
        ResolvedAd ad = resolved();

        assertThat(ad.trackers().stream()
                        .filter(t -> t.getEvent().equals("impression"))
                        .map(Tracker::getUrl))
                .containsExactly(
                        "https://outer.example/imp",
                        "https://inner.example/imp?t=" + Ask.CORRELATOR + "&s=inner-1&cb=[CACHEBUSTING]");
        assertThat(ad.trackers().stream().map(Tracker::getEvent))
                .contains("viewable", "notViewable", "customClick", "iconView", "click", "error");
    }

    @Test
    void unservedAdOwesNotUsedAndBreakShortenedToEveryLevel() {
        ResolvedAd.Unserved unserved = resolved().unserved();

        assertThat(unserved.notUsed()).containsExactly("https://inner.example/notused?t=" + Ask.CORRELATOR);
        assertThat(unserved.cut())
                .containsExactly(
                        new ErrorPing("https://outer.example/error?c=206", 206),
                        new ErrorPing("https://inner.example/error?c=206", 206));
    }

    @ParameterizedTest
    @EnumSource(
            value = VastVersion.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"V2_0", "V3_0"})
    void mergedDocumentReadsBackAsTheSameAd(VastVersion version) {
        ask = ask.request(r -> r.setMarkup(AnswerMarkup.VAST).setVastVersion(version.text()));
        MergedAd merged = merged();

        String text =
                VastWriter.document(List.of(resolved().document().orElseThrow().issued("TOKEN", 2)), version);
        VastDocument document =
                (VastDocument) DocumentReader.read(text.getBytes(StandardCharsets.UTF_8), DocumentLimits.defaults());
        VastAd.InLine back = (VastAd.InLine) document.ads().getFirst();

        assertThat(document.version()).isEqualTo(version.text());
        assertThat(back.sequence()).isEqualTo(2);
        assertThat(back.errors()).isEqualTo(merged.ad().errors());
        assertThat(back.impressions()).hasSize(2);
        assertThat(back.creatives()).hasSameSizeAs(merged.ad().creatives());
        Creative first = back.creatives().getFirst();
        assertThat(first.linear().orElseThrow().media().stream().map(MediaFile::url))
                .isEqualTo(merged.linear().media().stream().map(MediaFile::url).toList());
        assertThat(first.linear().orElseThrow().clicks().through()).isPresent();
        assertThat(back.definition().verifications().stream().map(Verification::vendor))
                .containsExactly("outer.example-omid");
        long inExtensions = version == VastVersion.V4_3 ? 0 : 2;
        assertThat(back.definition().extensions().stream()
                        .filter(e -> e.type().equals("FurtherTracking"))
                        .mapToLong(e -> e.markup().split("<Tracking ", -1).length - 1)
                        .sum())
                .isEqualTo(inExtensions);
    }

    @ParameterizedTest
    @EnumSource(
            value = VastVersion.class,
            names = {"V2_0", "V3_0"})
    void olderDocumentKeepsWhatIsCalledAndPlayed(VastVersion version) {
        VastAd.InLine newer = ad(document(VastVersion.V4_2));

        String text = document(version);
        VastAd.InLine older = ad(text);

        assertThat(text)
                .startsWith("<VAST version=\"" + version.text() + "\"><Ad ")
                .doesNotContain("Mezzanine", "ClosedCaption", "UniversalAdId", "AdServingId", "<Category");
        assertThat(older.sequence()).isEqualTo(version == VastVersion.V3_0 ? 2 : 0);
        assertThat(urls(older.impressions()))
                .containsExactlyElementsOf(urls(newer.impressions()).toList());
        assertThat(older.errors()).containsExactly(newer.errors().getFirst());
        assertThat(text).contains(newer.errors());
        Linear film = older.linears().findFirst().orElseThrow();
        Linear before = newer.linears().findFirst().orElseThrow();
        assertThat(film.duration()).isEqualTo(before.duration());
        assertThat(film.media().stream().map(MediaFile::url))
                .containsAll(before.media().stream().map(MediaFile::url).toList());
        assertThat(film.clicks().through().map(Link::url))
                .isEqualTo(before.clicks().through().map(Link::url));
        assertThat(text).contains(before.tracking().stream().map(Tracking::url).toList());
        assertThat(older.definition().verifications().stream().map(Verification::vendor))
                .containsExactly("outer.example-omid");
        assertThat(film.icons().isEmpty()).isEqualTo(version == VastVersion.V2_0);
    }

    private String document(VastVersion version) {
        ask = ask.request(r -> r.setMarkup(AnswerMarkup.VAST).setVastVersion(version.text()));
        return VastWriter.document(List.of(resolved().document().orElseThrow().issued("TOKEN", 2)), version);
    }

    private static VastAd.InLine ad(String text) {
        VastDocument document =
                (VastDocument) DocumentReader.read(text.getBytes(StandardCharsets.UTF_8), DocumentLimits.defaults());
        return (VastAd.InLine) document.ads().getFirst();
    }

    /** Our own checker knows elements, attributes and values of every version; the schemas are not ours to keep. */
    @ParameterizedTest
    @EnumSource(VastVersion.class)
    void mergedDocumentHasNothingToStumbleOver(VastVersion version) {
        answers = new VastAnswers(
                MediaChoice.AS_LISTED, true, new Beacons(Optional.of("https://us.example/b/")), version);
        ask = ask.request(r -> r.setMarkup(AnswerMarkup.VAST).setVastVersion(version.text()));

        String text = VastWriter.document(
                List.of(
                        resolved().document().orElseThrow().issued("TOKEN", 1),
                        resolved().document().orElseThrow().issued("TOKEN2", 2)),
                version);

        assertThat(DocumentCheck.of(text.getBytes(StandardCharsets.UTF_8), DocumentLimits.defaults()))
                .extracting(Finding::message)
                .containsOnly(
                        switch (version) {
                            // The schema forgot every attribute of a NonLinear, so none is written.
                            case V4_0 -> new String[] {"attribute width is missing", "attribute height is missing"};
                            case V2_0, V3_0, V4_1, V4_2 -> new String[0];
                            // There is no schema, so the ad's own event stays where it was.
                            case V4_3 ->
                                new String[] {"event \"custom\" is not one that players know; it is never called"};
                        });
    }

    @Test
    void ownBeaconsStandBehindTheOthersWithTheTokenOfTheServedAd() {
        answers = new VastAnswers(
                MediaChoice.AS_LISTED, true, new Beacons(Optional.of("https://us.example/b/")), VastVersion.V4_2);
        ask = ask.request(r -> r.setMarkup(AnswerMarkup.VAST));

        String text = resolved().document().orElseThrow().issued("TOKEN", 0);

        assertThat(text)
                .contains("<Impression id=\"millrace\"><![CDATA[https://us.example/b/TOKEN/impression]]></Impression>")
                .contains("<Tracking event=\"complete\"><![CDATA[https://us.example/b/TOKEN/complete]]></Tracking>")
                .contains("<![CDATA[https://us.example/b/TOKEN/click]]></ClickTracking>")
                .contains("<Error><![CDATA[https://us.example/b/TOKEN/error?code=[ERRORCODE]]]></Error>")
                .doesNotContain("sequence=\"0\"");
    }

    @Test
    void mediaAreChosenByTheNamedStrategy() {
        assertThat(media(MediaChoice.AS_LISTED)).startsWith("https://cdn.example/720.mp4");
        assertThat(media(MediaChoice.BEST_QUALITY)).startsWith("https://cdn.example/a.m3u8");
        assertThat(media(MediaChoice.LOWEST_BITRATE)).startsWith("https://cdn.example/360.mp4");
        ask = Ask.upstream(TAG).slot(s -> s.setWidth(650).setHeight(350));
        assertThat(media(MediaChoice.CLOSEST_SIZE)).startsWith("https://cdn.example/360.mp4");
    }

    private String media(MediaChoice choice) {
        ask = ask.slot(s -> s.setMediaChoice(choice));
        return resolved().media().getFirst().getUrl();
    }

    @Test
    void mediaMustFitDeliveryBitrateCodecAndScheme() {
        ask = ask.slot(s -> s.setDelivery(List.of(1)));
        assertThat(resolved().media()).extracting("url").containsExactly("https://cdn.example/a.m3u8");
        ask = Ask.upstream(TAG).slot(s -> s.setMaxBitrateKbps(1000).setMimes(List.of("video/mp4")));
        assertThat(resolved().media()).extracting("url").containsExactly("https://cdn.example/360.mp4");
        ask = Ask.upstream(TAG).slot(s -> s.setCodecs(List.of("hvc1", "mp4a")));
        assertThat(resolved().media()).extracting("url").doesNotContain("https://cdn.example/720.mp4");
        ask = Ask.upstream(TAG).slot(s -> s.setCodecs(List.of("avc1", "mp4a")).setSecure(1));
        assertThat(resolved().media()).hasSize(3);
    }
}
