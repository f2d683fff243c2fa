package millrace.upstream.vast.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import millrace.upstream.vast.xml.DocumentLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentCheckTest {

    private static List<Finding> check(String text) {
        return DocumentCheck.of(text.getBytes(StandardCharsets.UTF_8), DocumentLimits.defaults());
    }

    private static String inline(String inside) {
        return "<VAST version='4.2'>\n<Ad id='a'>\n<InLine><AdSystem>s</AdSystem><AdTitle>t</AdTitle>"
                + "<AdServingId>i</AdServingId><Impression>https://i.example/</Impression>\n" + inside
                + "</InLine></Ad></VAST>";
    }

    private static String linear(String inside) {
        return inline("<Creatives><Creative><UniversalAdId idRegistry='r'>u</UniversalAdId>\n<Linear>" + inside
                + "</Linear></Creative></Creatives>");
    }

    private static final String MEDIA = "<Duration>00:00:15</Duration><MediaFiles><MediaFile delivery='progressive'"
            + " type='video/mp4' width='640' height='360'>https://m.example/a.mp4</MediaFile></MediaFiles>";

    @Test
    void rightDocumentHasNoFinding() {
        assertThat(check(linear(MEDIA))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear-4k.xml", "wrapper-full.xml", "audio-daast.xml"})
    void examplesMeantToBeRightHaveNoError(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("../examples/vast", file));

        assertThat(DocumentCheck.of(bytes, DocumentLimits.defaults()))
                .extracting(Finding::severity)
                .doesNotContain(Severity.ERROR);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("<rss version='2.0'/>", 1, Severity.ERROR, "rss", "(101)"),
                fault("<vast version='2.0'/>", 1, Severity.ERROR, "vast", "VAST is meant"),
                fault("<VideoAdServingTemplate/>", 1, Severity.ERROR, "VideoAdServingTemplate", "(102)"),
                fault("<VAST version='1.0'/>", 1, Severity.ERROR, "VAST", "(102)"),
                fault("<VAST/>", 1, Severity.WARNING, "VAST", "version is missing"),
                fault("<VAST version='4.2'>\n<Ad>\n</VAST>", 3, Severity.ERROR, "", "not well-formed (100)"),
                fault("<!DOCTYPE VAST><VAST version='4.2'/>", 1, Severity.ERROR, "", "document type"),
                fault("\n\n<VAST version='4.2'/>", 1, Severity.WARNING, "", "white space before"),
                fault("<VAST version='4.2'>\n<x:Ad/></VAST>", 2, Severity.WARNING, "VAST/Ad", "prefix x:"),
                fault("<VAST version='4.2'>\n<Ad/></VAST>", 2, Severity.ERROR, "VAST/Ad", "(101)"),
                fault(
                        "<VAST version='4.2'>\n\n<Ad><Inline/></Ad></VAST>",
                        3,
                        Severity.ERROR,
                        "VAST/Ad/Inline",
                        "InLine"),
                fault(
                        "<VAST version='4.2'><Ad>\n<Wrapper/></Ad></VAST>",
                        2,
                        Severity.ERROR,
                        "VAST/Ad/Wrapper",
                        "leads"),
                fault(wrapper("file:///etc/passwd"), 3, Severity.ERROR, "VASTAdTagURI", "not followed (300)"),
                fault(wrapper("http://0x7f000001/"), 3, Severity.ERROR, "VASTAdTagURI", "not followed (300)"),
                fault(wrapper(" "), 3, Severity.ERROR, "VASTAdTagURI", "no URL to follow"),
                fault(wrapper("/next"), 3, Severity.NOTE, "VASTAdTagURI", "relative"),
                fault(wrapper("https://n.example/?[cachebusting]"), 3, Severity.WARNING, "VASTAdTagURI", "capitals"),
                fault(
                        wrapper("https://n.example/?[NOSUCH]"),
                        3,
                        Severity.WARNING,
                        "VASTAdTagURI",
                        "not in the registry"),
                fault(wrapper("https://n.example/?%%CB%%"), 3, Severity.WARNING, "VASTAdTagURI", "%%"),
                fault(wrapper("https://n.example/?%5BCB%5D"), 3, Severity.WARNING, "VASTAdTagURI", "escaped"),
                fault(linear(""), 5, Severity.WARNING, "Linear", "Duration is missing"),
                fault(linear("<MediaFiles/>"), 5, Severity.ERROR, "MediaFiles", "(403)"),
                fault(linear(MEDIA.replace("video/mp4", "mp4")), 5, Severity.ERROR, "MediaFile", "media type"),
                fault(linear(MEDIA.replace(" width='640'", "")), 5, Severity.WARNING, "MediaFile", "width is missing"),
                fault(linear(MEDIA.replace("640", "wide")), 5, Severity.WARNING, "MediaFile", "whole number"),
                fault(linear(MEDIA.replace("progressive", "fast")), 5, Severity.WARNING, "MediaFile", "delivery"),
                fault(linear(MEDIA.replace("https:", "http:")), 5, Severity.NOTE, "MediaFile", "secure pages"),
                fault(linear(MEDIA.replace("00:00:15", "15 s")), 5, Severity.ERROR, "Duration", "HH:MM:SS"),
                fault(linear(MEDIA.replace("00:00:15", "15")), 5, Severity.WARNING, "Duration", "HH:MM:SS"),
                fault(linear(MEDIA + tracking("Start", "")), 5, Severity.WARNING, "Tracking", "\"start\" is meant"),
                fault(
                        linear(MEDIA + tracking("often", "")),
                        5,
                        Severity.WARNING,
                        "Tracking",
                        "not one that players know"),
                fault(linear(MEDIA + tracking("fullscreen", "")), 5, Severity.NOTE, "Tracking", "playerExpand"),
                fault(linear(MEDIA + tracking("progress", "")), 5, Severity.WARNING, "Tracking", "without an offset"),
                fault(
                        linear(MEDIA + tracking("progress", "offset='x'")),
                        5,
                        Severity.WARNING,
                        "Tracking",
                        "percentage"),
                fault(linear(MEDIA + "<Duration>00:00:15</Duration>"), 5, Severity.WARNING, "Duration", "once"),
                fault(
                        linear(MEDIA).replace("<Linear>", "<Linear skipoffset='soon'>"),
                        5,
                        Severity.WARNING,
                        "Linear",
                        "soon"),
                fault(inline("<Creatives><Creative/></Creatives>"), 4, Severity.WARNING, "Creative", "shows nothing"),
                fault(
                        inline("<Creatives/><Error>https://e.example/</Error>"),
                        4,
                        Severity.NOTE,
                        "Error",
                        "[ERRORCODE]"),
                fault(inline("<Creatives/><Error/>"), 4, Severity.WARNING, "Error", "no URL"),
                fault(
                        inline("<Creatives/><Pricing>1</Pricing>"),
                        4,
                        Severity.WARNING,
                        "Pricing",
                        "currency is missing"),
                fault(inline("<Creatives/>").replace("4.2", "2.0"), 3, Severity.NOTE, "AdServingId", "VAST 4.1"),
                fault(pod("1", "1"), 3, Severity.WARNING, "Ad", "twice"),
                fault(pod("0", "1"), 2, Severity.WARNING, "Ad", "stands alone"),
                fault(
                        "<VMAP version='1.0'><AdBreak timeOffset='start' breakType='linear'/>\n"
                                + "<AdBreak timeOffset='#1' breakType='linear'/></VMAP>",
                        2,
                        Severity.WARNING,
                        "AdBreak",
                        "may ignore a place"),
                fault(
                        "<VMAP version='1.0'>\n" + "<AdBreak timeOffset='start' breakType='linear'/>".repeat(51)
                                + "</VMAP>",
                        1,
                        Severity.ERROR,
                        "VMAP",
                        "only the first 50 are read"),
                fault(
                        source("<AdTagURI>https://t.example/</AdTagURI><VASTAdData/>"),
                        2,
                        Severity.WARNING,
                        "AdSource",
                        "the last counts"),
                fault(source("<CustomAdData>x</CustomAdData>"), 2, Severity.WARNING, "AdSource", "(1005)"),
                fault(vmap("timeOffset='later'"), 2, Severity.ERROR, "AdBreak", "the break is lost"),
                fault(vmap("timeOffset='start'"), 2, Severity.WARNING, "AdBreak", "breakType is missing"),
                fault(
                        "<VMAP version='1.0'><AdBreak timeOffset='start' breakType='linear'>\n<AdSource><VASTAdData>"
                                + "<![CDATA[<VAST/>]]></VASTAdData></AdSource></AdBreak></VMAP>",
                        2,
                        Severity.ERROR,
                        "VASTAdData",
                        "CDATA"));
    }

    private static Arguments fault(String text, int line, Severity severity, String where, String message) {
        return Arguments.of(text, line, severity, where, message);
    }

    private static String wrapper(String uri) {
        return "<VAST version='4.2'>\n<Ad><Wrapper><AdSystem>s</AdSystem><Impression>https://i.example/</Impression>\n"
                + "<VASTAdTagURI><![CDATA[" + uri + "]]></VASTAdTagURI></Wrapper></Ad></VAST>";
    }

    private static String tracking(String event, String attributes) {
        return "<TrackingEvents><Tracking event='" + event + "' " + attributes
                + ">https://t.example/</Tracking></TrackingEvents>";
    }

    private static String pod(String first, String second) {
        return "<VAST version='4.2'>\n<Ad sequence='" + first + "'/>\n<Ad sequence='" + second + "'/></VAST>";
    }

    private static String source(String content) {
        return "<VMAP version='1.0'><AdBreak timeOffset='start' breakType='linear'>\n<AdSource>" + content
                + "</AdSource></AdBreak></VMAP>";
    }

    private static String vmap(String attributes) {
        return "<VMAP version='1.0'>\n<AdBreak " + attributes + "/></VMAP>";
    }

    @ParameterizedTest(name = "{4}: {0}")
    @MethodSource("faults")
    void faultIsFoundWhereItIs(String text, int line, Severity severity, String where, String message) {
        assertThat(check(text)).anySatisfy(finding -> {
            assertThat(finding.message()).contains(message);
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.where()).endsWith(where);
        });
    }

    @Test
    void whatIsInAnExtensionIsItsOwners() {
        assertThat(check(linear(MEDIA)
                        .replace(
                                "<Creatives>",
                                "<Extensions><Extension><Tracking/><Any/></Extension></Extensions><Creatives>")))
                .isEmpty();
    }

    @Test
    void limitsAreSaid() {
        DocumentLimits tight = new DocumentLimits(1024, 8, 8, 1024, 1);

        assertThat(DocumentCheck.of(new byte[2000], tight))
                .extracting(Finding::message)
                .containsExactly("has 2000 bytes; no more than 1024 are read");
        assertThat(DocumentCheck.of(pod("1", "2").getBytes(StandardCharsets.UTF_8), tight))
                .extracting(Finding::message)
                .contains("has 2 ads; only the first 1 are read");
        byte[] deep = ("<VAST version='4.2'>\n" + "<a>".repeat(9) + "</a>".repeat(9) + "</VAST>")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(DocumentCheck.of(deep, tight)).anySatisfy(finding -> {
            assertThat(finding.message()).contains("nested deeper than 8");
            assertThat(finding.line()).isEqualTo(2);
        });
    }

    @Test
    void noteIsSaidOnce() {
        String url = "<Error>http://e.example/[ERRORCODE]</Error>";

        assertThat(check("<VAST version='4.2'>" + url + url + url + "</VAST>")).hasSize(1);
    }

    @Test
    void findingsAreBounded() {
        String text = "<VAST version='4.2'>" + "<Ad/>".repeat(5000) + "</VAST>";

        assertThat(check(text)).hasSizeLessThanOrEqualTo(1000);
    }
}
