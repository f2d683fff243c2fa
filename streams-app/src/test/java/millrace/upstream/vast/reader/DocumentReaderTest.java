package millrace.upstream.vast.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import millrace.upstream.vast.Xml;
import millrace.upstream.vast.document.Creative;
import millrace.upstream.vast.document.Linear;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.MediaFile;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.Pricing;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.UniversalAdId;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VastTime;
import millrace.upstream.vast.xml.DocumentLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {

    private static VastDocument document(String text) {
        return document(Xml.bytes(text));
    }

    private static VastDocument document(byte[] bytes) {
        ParsedVast parsed = DocumentReader.read(bytes);
        assertThat(parsed).isInstanceOf(VastDocument.class);
        return (VastDocument) parsed;
    }

    private static ParsedVast.Malformed malformed(String text) {
        return malformed(Xml.bytes(text), DocumentLimits.defaults());
    }

    private static ParsedVast.Malformed malformed(byte[] bytes, DocumentLimits limits) {
        ParsedVast parsed = DocumentReader.read(bytes, limits);
        assertThat(parsed).isInstanceOf(ParsedVast.Malformed.class);
        return (ParsedVast.Malformed) parsed;
    }

    private static VastAd.InLine only(String text) {
        return (VastAd.InLine) document(text).ads().getFirst();
    }

    private static Linear linear(VastAd.InLine ad) {
        return ad.creatives().getFirst().linear().orElseThrow();
    }

    @Test
    void inlineAdIsReadWithItsParts() {
        String more = "<Advertiser>acme.example</Advertiser><Pricing model=\"cpm\" currency=\"EUR\">2.5</Pricing>"
                + "<Category authority=\"iab\">IAB1-2, IAB3</Category>";

        VastAd.InLine ad = only(Xml.vast(Xml.inline("a", "sequence=\"2\"", more)));

        assertThat(ad.id()).isEqualTo("a");
        assertThat(ad.sequence()).isEqualTo(2);
        assertThat(ad.title()).isEqualTo("Title of a");
        assertThat(ad.advertiser().name()).isEqualTo("acme.example");
        assertThat(ad.definition().pricing()).contains(new Pricing("cpm", "EUR", "2.5"));
        assertThat(ad.categoryCodes()).containsExactly("IAB1-2", "IAB3");
        assertThat(ad.impressions()).extracting(Link::url).containsExactly("https://imp.example/a");
        assertThat(ad.errors()).containsExactly("https://err.example/a?c=[ERRORCODE]");
        assertThat(linear(ad).duration()).contains(Duration.ofSeconds(15));
        assertThat(linear(ad).tracking()).extracting(Tracking::event).containsExactly("start");
        MediaFile media = linear(ad).media().getFirst();
        assertThat(media.url()).isEqualTo("https://cdn.example/a.mp4");
        assertThat(media.bitrateKbps()).contains(800);
        assertThat(media.width()).contains(640);
    }

    @Test
    void wrapperIsReadWithItsRules() {
        String text = Xml.vast(Xml.wrapper(
                "w",
                " \n https://next.example/v \t",
                "sequence=\"x\"",
                "followAdditionalWrappers=\"0\" allowMultipleAds=\"1\" fallbackOnNoAd=\"false\"",
                "<BlockedAdCategories>IAB7, IAB8</BlockedAdCategories>"));

        VastAd.Wrapper wrapper = (VastAd.Wrapper) document(text).ads().getFirst();

        assertThat(wrapper.tagUri()).isEqualTo("https://next.example/v");
        assertThat(wrapper.follow()).isFalse();
        assertThat(wrapper.multiple()).isTrue();
        assertThat(wrapper.mayFallBack()).isFalse();
        assertThat(wrapper.isStandAlone()).isTrue();
        assertThat(wrapper.blockedCategories()).containsExactly("IAB7", "IAB8");
        Linear linear = wrapper.creatives().getFirst().linear().orElseThrow();
        assertThat(linear.clicks().through()).contains(new Link("", "https://land.example/w"));
        assertThat(linear.tracking()).extracting(t -> t.offset()).containsExactly("", "00:00:05");
    }

    @Test
    void wrapperWithoutRulesFollowsOneAdAndFallsBack() {
        VastAd.Wrapper wrapper = (VastAd.Wrapper)
                document(Xml.vast(Xml.wrapper("w", "https://n.example/"))).ads().getFirst();

        assertThat(wrapper.follow()).isTrue();
        assertThat(wrapper.multiple()).isFalse();
        assertThat(wrapper.fallback()).isEmpty();
        assertThat(wrapper.mayFallBack()).isTrue();
    }

    @Test
    void oneBadAdDoesNotLoseTheOthers() {
        VastDocument document =
                document(Xml.vast("<Ad id=\"bad\"><Inline/></Ad>", Xml.inline("good"), "<Ad/>", Xml.inline("best")));

        assertThat(document.ads()).extracting(VastAd::id).containsExactly("bad", "good", "", "best");
        assertThat(document.ads().getFirst()).isInstanceOf(VastAd.Unreadable.class);
        assertThat(document.ads().get(3)).isInstanceOf(VastAd.InLine.class);
    }

    @Test
    void lookAlikesInExtensionsAreIgnored() {
        String extension = "<Extensions><Extension><Impression>https://no.example/</Impression>"
                + "<Creatives><Creative><Linear><MediaFiles><MediaFile>https://no.example/m</MediaFile></MediaFiles>"
                + "</Linear></Creative></Creatives></Extension></Extensions>";

        VastAd.InLine ad = only(Xml.vast(Xml.inline("a", "", extension)));

        assertThat(ad.impressions()).extracting(Link::url).containsExactly("https://imp.example/a");
        assertThat(ad.creatives()).hasSize(1);
    }

    @Test
    void splitCdataIsJoinedAndCommentsAndBlankUrlsDropped() {
        String more = "<Impression> <!-- c --> <![CDATA[ https://x.example/?a=]]]]><![CDATA[>b ]]> </Impression>"
                + "<Impression>  </Impression><Impression><![CDATA[about:blank]]></Impression><Impression/>";

        VastAd.InLine ad = only(Xml.vast(Xml.inline("a", "", more)));

        assertThat(ad.impressions())
                .extracting(Link::url)
                .containsExactly("https://x.example/?a=]]>b", "https://imp.example/a");
    }

    @Test
    void prefixesNeedNoDeclaration() {
        String text = "<v:VAST version='3.0' xsi:noNamespaceSchemaLocation='x'><v:Ad id='p'><v:InLine>"
                + "<v:Impression><![CDATA[https://i.example/<a:b>]]></v:Impression><!-- <q:r> -->"
                + "<v:AdTitle title='a:b'>t:u</v:AdTitle></v:InLine></v:Ad></v:VAST>";

        VastAd.InLine ad = only(text);

        assertThat(ad.impressions()).extracting(Link::url).containsExactly("https://i.example/<a:b>");
        assertThat(ad.title()).isEqualTo("t:u");
        assertThat(ad.markup()).startsWith("<v:VAST version='3.0'").endsWith("</v:Ad></v:VAST>");
    }

    @Test
    void markupOfEachAdIsADocumentOfItsOwn() {
        VastDocument both = document(Xml.vast(Xml.inline("a"), Xml.inline("б")));

        VastAd.InLine second = (VastAd.InLine) both.ads().get(1);

        assertThat(second.markup()).isEqualTo(Xml.vast(Xml.inline("б")));
        assertThat(only(second.markup()).id()).isEqualTo("б");
    }

    @Test
    void markupIsWholeAlsoWhenTheRootStandsOnALineOfItsOwn() {
        VastAd.InLine ad = only("<?xml version='1.0'?>\n" + Xml.vast(Xml.inline("a")));

        assertThat(ad.markup()).isEqualTo(Xml.vast(Xml.inline("a")));
    }

    static Stream<byte[]> encodedInEveryWay() {
        String body = Xml.vast(Xml.inline("a").replace("Title of a", "Заголовок"));
        String latin = Xml.vast(Xml.inline("a").replace("Title of a", "café"));
        return Stream.of(
                body.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + body).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + body).getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + body).getBytes(StandardCharsets.UTF_16BE),
                body.getBytes(StandardCharsets.UTF_16LE),
                ("<?xml version='1.0' encoding='windows-1251'?>" + body).getBytes(Charset.forName("windows-1251")),
                ("<?xml version='1.0' encoding='UTF-16'?>" + body).getBytes(StandardCharsets.UTF_8),
                ("\n  <?xml version='1.0' encoding='utf-8'?>" + body).getBytes(StandardCharsets.UTF_8),
                ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + latin).getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("encodedInEveryWay")
    void charsetIsFoundByTheRulesOfXml(byte[] bytes) {
        VastAd.InLine ad = (VastAd.InLine) document(bytes).ads().getFirst();

        assertThat(ad.title()).isIn("Заголовок", "café");
    }

    @Test
    void bytesThatAreNotOfTheCharsetAreMalformed() {
        byte[] bytes = Xml.vast(Xml.inline("é")).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(malformed(bytes, DocumentLimits.defaults()).code()).isEqualTo(100);
        assertThat(malformed("<?xml version='1.0' encoding='no-such'?><VAST/>").code())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{\"ad\": 1}",
                "<html><body>no ad",
                "<VAST version='4.0'><Ad>",
                "<VAST version='4.0'></Ad></VAST>",
                "<VAST version='4.0'><Error>&xxe;</Error></VAST>",
                "<VAST version='4.0'><Error>a & b</Error></VAST>",
                "<VAST version='4.0'/><VAST/>",
                "<VAST version='4.0'/>junk",
                "<!DOCTYPE VAST><VAST version='4.0'/>",
                "<!DOCTYPE VAST [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><VAST version='4.0'><Error>&x;</Error></VAST>"
            })
    void whatIsNotWellFormedOrHasADoctypeIs100(String text) {
        assertThat(malformed(text).code()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "<VideoAdServingTemplate/>, 102",
        "<VAST version='1.0'/>, 102",
        "<VAST version='5.0'/>, 102",
        "<rss version='2.0'/>, 101",
        "<VASTly version='4.0'/>, 101"
    })
    void otherRootsAndVersionsHaveTheirCodes(String text, int code) {
        assertThat(malformed(text).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<VAST/>", "<VAST version='2.0.1'/>", "<VAST version=' 4.3 '/>", "<VAST version='latest'/>"})
    void versionsTwoToFourAndUnclearOnesAreRead(String text) {
        assertThat(document(text).ads()).isEmpty();
    }

    @Test
    void rootErrorsAreRead() {
        assertThat(document(Xml.vast(Xml.rootError("https://e.example/1"), Xml.rootError(" ")))
                        .errors())
                .containsExactly("https://e.example/1");
    }

    @Test
    void limitsEndTheReading() {
        DocumentLimits tight = new DocumentLimits(4096, 8, 8, 1024, 2);

        assertThat(malformed(new byte[5000], tight).reason()).contains("5000").contains("4096");
        assertThat(malformed(Xml.bytes("<VAST>" + "<a>".repeat(9) + "</a>".repeat(9) + "</VAST>"), tight)
                        .reason())
                .contains("nested");
        assertThat(malformed(Xml.bytes("<VAST a='' b='' c='' d='' e='' f='' g='' h='' i=''/>"), tight)
                        .reason())
                .contains("attributes");
        assertThat(malformed(Xml.bytes("<VAST><Error>" + "x".repeat(1025) + "</Error></VAST>"), tight)
                        .reason())
                .contains("1024");
        ParsedVast manyAds = DocumentReader.read(Xml.bytes(Xml.vast("<Ad/>", "<Ad/>", "<Ad/>")), tight);
        assertThat(((VastDocument) manyAds).ads()).hasSize(2);
    }

    @Test
    void adOverALimitLosesThatAdOnly() {
        DocumentLimits tight = new DocumentLimits(65_536, 16, 8, 1024, 10);
        String longText = "<Ad id=\"long\"><InLine><AdTitle>" + "x".repeat(1025) + "</AdTitle></InLine></Ad>";
        String deep = "<Ad id=\"deep\"><InLine><Extensions>" + "<a>".repeat(20) + "</a>".repeat(20)
                + "</Extensions></InLine></Ad>";
        String wide = "<Ad id=\"wide\"><InLine><AdTitle a='' b='' c='' d='' e='' f='' g='' h='' i=''/></InLine></Ad>";

        VastDocument document = (VastDocument)
                DocumentReader.read(Xml.bytes(Xml.vast(longText, deep, wide, Xml.inline("good"))), tight);

        assertThat(document.ads()).extracting(VastAd::id).containsExactly("long", "deep", "wide", "good");
        assertThat(document.ads().subList(0, 3)).allMatch(VastAd.Unreadable.class::isInstance);
        assertThat(document.ads().get(3)).isInstanceOf(VastAd.InLine.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<VAST version='3.0'><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/></VAST>",
                "<VAST version='3.0' xmlns:xi='http://www.w3.org/2001/XInclude'><Error><xi:include href='file:///etc/passwd' parse='text'/></Error></VAST>"
            })
    void inclusionIsAnElementLikeAnyOther(String text) {
        assertThat(document(text).errors()).isEmpty();
    }

    @Test
    void entitiesThatGrowAreRefusedAtOnce() {
        StringBuilder dtd = new StringBuilder("<!DOCTYPE VAST [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            dtd.append("<!ENTITY a")
                    .append(i)
                    .append(" '")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }

        assertThat(malformed(dtd + "]><VAST version='3.0'><Error>&a29;</Error></VAST>")
                        .code())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"<DAAST version='2.0'/>, 102", "<DAAST version='1.1'/>, ''", "<DAAST/>, ''"})
    void daastOfVersionOneIsRead(String text, String code) {
        ParsedVast parsed = DocumentReader.read(Xml.bytes(text));

        assertThat(parsed instanceof ParsedVast.Malformed m ? m.code() + "" : "")
                .isEqualTo(code);
    }

    @Test
    void creativeIdsOfEveryVersionAreRead() {
        String text = Xml.vast("<Ad id=\"a\"><InLine><Creatives>"
                + "<Creative AdID=\"two\"/>"
                + "<Creative adId=\"four\" id=\"i\"><UniversalAdId idRegistry=\"r\">uid</UniversalAdId>"
                + "<UniversalAdId idRegistry=\"unknown\">unknown</UniversalAdId>"
                + "<UniversalAdId idValue=\"legacy\"/></Creative></Creatives></InLine></Ad>");

        List<Creative> creatives = only(text).creatives();

        assertThat(creatives.getFirst().adId()).isEqualTo("two");
        assertThat(creatives.get(1).adId()).isEqualTo("four");
        assertThat(creatives.get(1).universalIds())
                .containsExactly(
                        new UniversalAdId("r", "uid"),
                        new UniversalAdId("unknown", "unknown"),
                        new UniversalAdId("", "legacy"));
        assertThat(creatives.get(1).universalIds())
                .extracting(UniversalAdId::isKnown)
                .containsExactly(true, false, true);
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:30, 30000",
        "00:00:30.5, 30500",
        "00:00:15.250, 15250",
        "00:00:15.2509, 15250",
        "01:00:00, 3600000",
        "0:0:7, 7000",
        "30, 30000",
        "' 00:00:10 ', 10000"
    })
    void timesAreReadAsWritten(String text, long millis) {
        assertThat(VastTime.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "00:75:00", "00:00:60", "-00:00:05", "10:20", "00:00:", "1.", "1.x", "9999999", "::"})
    void whatIsNotATimeIsNone(String text) {
        assertThat(VastTime.parse(text)).isEmpty();
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, s -> s + 1).limit(40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void brokenBytesNeverThrow(long seed) {
        // Given
        Random random = new Random(seed);
        byte[] good = Xml.bytes("<?xml version='1.0'?>"
                + Xml.vast(Xml.wrapper("w", "https://n.example/"), Xml.inline("ы", "sequence='1'", "")));

        for (int round = 0; round < 200; round++) {
            // When
            byte[] bytes = good.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            // Then
            assertThat(DocumentReader.read(bytes)).isNotNull();
        }
    }
}
