package millrace.upstream.vast.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.upstream.vast.document.AdParameters;
import millrace.upstream.vast.document.AdSystem;
import millrace.upstream.vast.document.Advertiser;
import millrace.upstream.vast.document.CaptionFile;
import millrace.upstream.vast.document.Category;
import millrace.upstream.vast.document.Companion;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.Icon;
import millrace.upstream.vast.document.InteractiveFile;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.Mezzanine;
import millrace.upstream.vast.document.NonLinear;
import millrace.upstream.vast.document.NonLinearAds;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.Pricing;
import millrace.upstream.vast.document.Resource;
import millrace.upstream.vast.document.Survey;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.UniversalAdId;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.Verification;
import millrace.upstream.vast.document.VideoClicks;
import millrace.upstream.vast.document.ViewableImpression;
import org.junit.jupiter.api.Test;

/** Every element is kept: documents of our own, in {@code examples/vast}. */
class ElementsTest {

    static VastDocument document(String file) throws IOException {
        ParsedVast parsed = DocumentReader.read(Files.readAllBytes(Path.of("../examples/vast", file)));
        assertThat(parsed).isInstanceOf(VastDocument.class);
        return (VastDocument) parsed;
    }

    private static VastAd.InLine full() throws IOException {
        return (VastAd.InLine) document("inline-full.xml").ads().getFirst();
    }

    private static Linear linear() throws IOException {
        return full().linears().findFirst().orElseThrow();
    }

    @Test
    void inlineAdKeepsWhatItSaysOfItself() throws IOException {
        VastAd.InLine ad = full();

        assertThat(ad.head().adType()).isEqualTo("video");
        assertThat(ad.head().conditional()).isFalse();
        assertThat(ad.sequence()).isEqualTo(1);
        assertThat(ad.definition().system()).isEqualTo(new AdSystem("Example Ads", "7.1"));
        assertThat(ad.servingId()).isEqualTo("serving-1");
        assertThat(ad.description()).isEqualTo("An ad with all of it & more");
        assertThat(ad.advertiser()).isEqualTo(new Advertiser("adv-9", "shoes.example"));
        assertThat(ad.definition().pricing()).contains(new Pricing("CPM", "EUR", "12.50"));
        assertThat(ad.categories())
                .containsExactly(
                        new Category("https://iab.example/categories", "IAB18-4"),
                        new Category("https://iab.example/categories", "IAB22"));
        assertThat(ad.survey()).contains(new Survey("text/javascript", "https://survey.example/s.js"));
        assertThat(ad.expires()).contains(Duration.ofHours(2));
        assertThat(ad.impressions())
                .containsExactly(
                        new Link("own", "https://ads.example/imp?cb=[CACHEBUSTING]"),
                        new Link("agency", "https://agency.example/imp"));
        assertThat(ad.errors()).containsExactly("https://ads.example/error?c=[ERRORCODE]");
    }

    @Test
    void viewableImpressionsAndVerificationsAreKept() throws IOException {
        VastAd.InLine ad = full();

        assertThat(ad.definition().viewable())
                .contains(new ViewableImpression(
                        "view",
                        List.of("https://view.example/yes", "https://view2.example/yes"),
                        List.of("https://view.example/no"),
                        List.of("https://view.example/unknown")));
        assertThat(ad.definition().verifications())
                .containsExactly(new Verification(
                        "meter.example-omid",
                        List.of(new Verification.JavaScript(
                                "https://meter.example/omid.js", "omid", Optional.of(true))),
                        List.of(new Verification.Executable(
                                "https://meter.example/omid.wasm", "omid", "application/wasm")),
                        List.of(new Tracking("verificationNotExecuted", "", "https://meter.example/not?r=[REASON]")),
                        "{\"key\":\"a<b\"}",
                        false));
    }

    @Test
    void extensionsAreKeptVerbatim() throws IOException {
        assertThat(full().definition().extensions())
                .containsExactly(
                        new Extension(
                                "example-count",
                                "<Extension type=\"example-count\"><total left=\"3\"><![CDATA[2 & 1]]></total></Extension>"),
                        new Extension(
                                "",
                                "<Extension><x:Look xmlns:x=\"urn:x\"><Impression>https://look-alike.example/</Impression></x:Look></Extension>"));
    }

    @Test
    void verificationsInExtensionsAreFoundAndMarked() throws IOException {
        VastAd.InLine ad =
                (VastAd.InLine) document("verification-in-extension.xml").ads().getFirst();

        assertThat(ad.definition().verifications())
                .extracting(Verification::vendor)
                .containsExactly("meter.example-omid", "bare.example-omid");
        assertThat(ad.definition().verifications()).allMatch(Verification::inExtension);
        assertThat(ad.definition().extensions())
                .hasSize(2)
                .allMatch(e -> e.type().equals("AdVerifications"));
    }

    @Test
    void creativeKeepsItsIdsAndExtensions() throws IOException {
        Creative film = full().creatives().getFirst();

        assertThat(film.id()).isEqualTo("film");
        assertThat(film.adId()).isEqualTo("ad-17");
        assertThat(film.sequence()).contains(2);
        assertThat(film.apiFramework()).isEqualTo("SIMID");
        assertThat(film.universalIds())
                .containsExactly(
                        new UniversalAdId("ad-id.org", "ABCD1234000H"), new UniversalAdId("unknown", "unknown"));
        assertThat(film.extensions())
                .containsExactly(new Extension(
                        "application/json",
                        "<CreativeExtension type=\"application/json\"><![CDATA[{\"a\":1}]]></CreativeExtension>"));
    }

    @Test
    void linearKeepsItsFiles() throws IOException {
        Linear linear = linear();

        assertThat(linear.skipOffset()).isEqualTo("20%");
        assertThat(linear.duration()).contains(Duration.ofMillis(30_500));
        assertThat(linear.parameters()).contains(new AdParameters("<p/>", true));
        assertThat(linear.media()).extracting(MediaFile::id).containsExactly("mid", "hls");
        assertThat(linear.media().getFirst())
                .isEqualTo(new MediaFile(
                        "mid",
                        "https://cdn.example/mid.mp4",
                        "progressive",
                        "video/mp4",
                        Optional.of(1280),
                        Optional.of(720),
                        Optional.of(2000),
                        Optional.empty(),
                        Optional.empty(),
                        "avc1.4d401f",
                        Optional.of(true),
                        Optional.of(true),
                        Optional.of(7_500_000L),
                        "2D",
                        ""));
        assertThat(linear.media().get(1).bitrateKbps()).contains(2700);
        assertThat(linear.mezzanines())
                .containsExactly(new Mezzanine(
                        "mezz",
                        "https://cdn.example/mezz.mov",
                        "progressive",
                        "video/quicktime",
                        Optional.of(3840),
                        Optional.of(2160),
                        "prores",
                        Optional.of(7_000_000_000L),
                        "2D"));
        assertThat(linear.interactive())
                .containsExactly(new InteractiveFile(
                        "data:text/html;base64,PGh0bWwvPg==", "text/html", "SIMID", Optional.of(true)));
        assertThat(linear.captions())
                .containsExactly(
                        new CaptionFile("https://cdn.example/de.vtt", "text/vtt", "de"),
                        new CaptionFile("https://cdn.example/zh.vtt", "text/vtt", "zh-TW"));
    }

    @Test
    void linearKeepsTrackersOfAnyNameAndClicks() throws IOException {
        Linear linear = linear();

        assertThat(linear.tracking())
                .containsExactly(
                        new Tracking("start", "", "https://ads.example/start"),
                        new Tracking("start", "", "https://agency.example/start"),
                        new Tracking("progress", "00:00:10.000", "https://ads.example/p10"),
                        new Tracking("progress", "90%", "https://ads.example/p90"),
                        new Tracking("notUsed", "", "https://ads.example/notused"),
                        new Tracking("somethingNew", "", "https://ads.example/new"));
        assertThat(linear.clicks())
                .isEqualTo(new VideoClicks(
                        Optional.of(new Link("shop", "https://shoes.example/?a=1&b=2")),
                        List.of(
                                new Link("c1", "https://ads.example/click"),
                                new Link("", "https://agency.example/click")),
                        List.of(new Link("share", "https://ads.example/share"))));
    }

    @Test
    void iconKeepsEverythingAFallbackImageAndEveryViewTracker() throws IOException {
        assertThat(linear().icons())
                .containsExactly(new Icon(
                        "AdChoices",
                        Optional.of(60),
                        Optional.of(20),
                        "right",
                        "top",
                        Optional.of(Duration.ofSeconds(10)),
                        Optional.of(Duration.ofSeconds(1)),
                        "HTML5",
                        "2",
                        "Why this ad",
                        "About",
                        List.of(new Resource.Static("image/png", "https://icons.example/i.png")),
                        Optional.of(new Icon.Clicks(
                                "https://icons.example/why",
                                List.of(new Link("ic", "https://icons.example/click")),
                                List.of(new Icon.FallbackImage(
                                        Optional.of(950),
                                        Optional.of(600),
                                        "Fallback",
                                        List.of(new Resource.Static(
                                                "image/png", "https://icons.example/fallback.png")))))),
                        List.of("https://icons.example/view", "https://icons2.example/view")));
    }

    @Test
    void companionKeepsEverything() throws IOException {
        var companions = full().creatives().get(1).companions().orElseThrow();

        assertThat(companions.required()).isEqualTo("any");
        assertThat(companions.companions())
                .containsExactly(new Companion(
                        "banner",
                        Optional.of(300),
                        Optional.of(250),
                        Optional.of(290),
                        Optional.of(240),
                        Optional.of(600),
                        Optional.of(500),
                        "mraid",
                        "slot-1",
                        "1.5",
                        "end-card",
                        false,
                        List.of(
                                new Resource.Static("image/png", "https://cdn.example/banner.png"),
                                new Resource.IFrame("https://cdn.example/banner.html"),
                                new Resource.Html("<b>shoes</b>", false)),
                        Optional.of(new AdParameters("x=1", false)),
                        "Shoes",
                        "https://shoes.example/banner",
                        List.of(new Link("bc", "https://ads.example/banner-click")),
                        List.of(new Tracking("creativeView", "", "https://ads.example/banner-view")),
                        List.of(new Extension("x", "<CreativeExtension type=\"x\"><y/></CreativeExtension>"))));
    }

    @Test
    void nonLinearKeepsEverything() throws IOException {
        NonLinearAds ads = full().creatives().get(2).nonLinear().orElseThrow();

        assertThat(ads.tracking()).containsExactly(new Tracking("acceptInvitation", "", "https://ads.example/accept"));
        assertThat(ads.ads())
                .containsExactly(new NonLinear(
                        "overlay",
                        Optional.of(480),
                        Optional.of(70),
                        Optional.of(480),
                        Optional.of(140),
                        Optional.of(false),
                        Optional.of(true),
                        Optional.of(Duration.ofSeconds(15)),
                        "none",
                        List.of(new Resource.Static("image/png", "https://cdn.example/overlay.png")),
                        Optional.of(new AdParameters("y=2", false)),
                        "https://shoes.example/overlay",
                        List.of(new Link("nc", "https://ads.example/overlay-click"))));
    }

    @Test
    void wrapperKeepsItsRulesAndWhatItAdds() throws IOException {
        VastAd.Wrapper wrapper =
                (VastAd.Wrapper) document("wrapper-full.xml").ads().getFirst();

        assertThat(wrapper.tagUri())
                .isEqualTo("https://next.example/vast?blocked=[BLOCKEDADCATEGORIES]&cb=[CACHEBUSTING]");
        assertThat(wrapper.follow()).isFalse();
        assertThat(wrapper.multiple()).isTrue();
        assertThat(wrapper.fallback()).contains(true);
        assertThat(wrapper.blockedCategories()).containsExactly("IAB7", "IAB25-3", "232");
        assertThat(wrapper.definition().pricing()).contains(new Pricing("cpm", "USD", "1.25"));
        assertThat(wrapper.definition().viewable().orElseThrow().viewable())
                .containsExactly("https://exchange.example/seen");
        assertThat(wrapper.definition().verifications())
                .extracting(Verification::vendor)
                .containsExactly("exchange.example-omid");
        Linear linear = wrapper.linears().findFirst().orElseThrow();
        assertThat(linear.interactive())
                .extracting(InteractiveFile::url)
                .containsExactly("https://exchange.example/simid.html");
        assertThat(linear.icons()).extracting(Icon::program).containsExactly("AdChoices");
        assertThat(wrapper.creatives()
                        .get(1)
                        .nonLinear()
                        .orElseThrow()
                        .ads()
                        .getFirst()
                        .clickTracking())
                .containsExactly(new Link("", "https://exchange.example/nl-click"));
        assertThat(wrapper.creatives()
                        .get(2)
                        .companions()
                        .orElseThrow()
                        .companions()
                        .getFirst()
                        .clickTracking())
                .containsExactly(new Link("w", "https://exchange.example/c-click"));
    }

    @Test
    void oldSpellingsAreRead() throws IOException {
        List<VastAd> ads = document("old-20.xml").ads();

        VastAd.InLine inline = (VastAd.InLine) ads.getFirst();
        assertThat(inline.creatives().getFirst().adId()).isEqualTo("old-1");
        assertThat(inline.linears().findFirst().orElseThrow().media().getFirst().bitrate())
                .contains(500);
        assertThat(inline.creatives()
                        .get(1)
                        .companions()
                        .orElseThrow()
                        .companions()
                        .getFirst()
                        .resources())
                .containsExactly(new Resource.Html("<i>old</i>", true));
        assertThat(((VastAd.Wrapper) ads.get(1)).tagUri()).isEqualTo("https://older.example/vast");
    }

    @Test
    void daastIsReadAsAudio() throws IOException {
        VastDocument document = document("audio-daast.xml");

        assertThat(document.standard()).isEqualTo(VastDocument.Standard.DAAST);
        VastAd.InLine ad = (VastAd.InLine) document.ads().getFirst();
        assertThat(ad.head().adType()).isEqualTo("audio");
        Linear linear = ad.linears().findFirst().orElseThrow();
        assertThat(linear.clicks().through()).contains(new Link("", "https://audio.example/land"));
        assertThat(linear.clicks().tracking()).containsExactly(new Link("", "https://audio.example/click"));
        assertThat(linear.media().getFirst().width()).isEmpty();
        assertThat(ad.creatives().get(1).companions().orElseThrow().companions())
                .extracting(Companion::logoTile)
                .containsExactly(true);
        assertThat(((VastAd.Wrapper) document.ads().get(1)).tagUri()).isEqualTo("https://audio.example/next");
    }

    @Test
    void podKeepsTheOrderOfTheDocumentAndItsSequences() throws IOException {
        List<VastAd> ads = document("pod.xml").ads();

        assertThat(ads).extracting(VastAd::id).containsExactly("third", "first", "broken", "spare");
        assertThat(ads).extracting(VastAd::sequence).containsExactly(3, 1, 2, 0);
        assertThat(ads.get(2)).isInstanceOf(VastAd.Unreadable.class);
    }

    @Test
    void documentWithoutAdsKeepsItsErrorUrls() throws IOException {
        assertThat(document("no-ad.xml").errors()).containsExactly("https://ads.example/none?c=[ERRORCODE]");
        assertThat(document("no-ad.xml").ads()).isEmpty();
    }
}
