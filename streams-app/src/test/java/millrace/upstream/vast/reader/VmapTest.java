package millrace.upstream.vast.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.AdSource;
import millrace.upstream.vast.document.BreakOffset;
import millrace.upstream.vast.document.Extension;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.Tracking;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmapTest {

    private static VmapDocument schedule() throws IOException {
        return (VmapDocument) DocumentReader.read(Files.readAllBytes(Path.of("../examples/vast/schedule-vmap.xml")));
    }

    private static AdSource source(AdBreak adBreak) {
        return adBreak.source().orElseThrow();
    }

    @Test
    void breaksComeWithTheirTimesAndKinds() throws IOException {
        VmapDocument vmap = schedule();

        assertThat(vmap.version()).isEqualTo("1.0.1");
        assertThat(vmap.extensions()).extracting(Extension::type).containsExactly("whole");
        assertThat(vmap.breaks())
                .extracting(AdBreak::timeOffset)
                .containsExactly("start", "00:10:00.250", "#2", "33.3%", "50%", "end");
        assertThat(vmap.breaks())
                .extracting(b -> BreakOffset.parse(b.timeOffset()).orElseThrow())
                .containsExactly(
                        new BreakOffset.Start(),
                        new BreakOffset.At(Duration.ofMillis(600_250)),
                        new BreakOffset.Place(2),
                        new BreakOffset.Part(333_000),
                        new BreakOffset.Part(500_000),
                        new BreakOffset.End());
        assertThat(vmap.breaks().get(1).types()).containsExactly("linear", "display");
        assertThat(vmap.breaks().get(1).id()).isEqualTo("mid");
        assertThat(vmap.breaks().get(1).repeatAfter()).contains(Duration.ofMinutes(15));
    }

    @Test
    void breakHoldsAWholeDocumentOfAds() throws IOException {
        AdSource source = source(schedule().breaks().getFirst());

        assertThat(source.id()).isEqualTo("s1");
        assertThat(source.multiple()).isFalse();
        assertThat(source.follow()).contains(true);
        AdSource.Ads ads = (AdSource.Ads) source.content().orElseThrow();
        VastDocument document = (VastDocument) ads.document();
        assertThat(document.version()).isEqualTo("3.0");
        assertThat(document.errors()).containsExactly("https://ads.example/none");
        assertThat(document.ads()).extracting(VastAd::id).containsExactly("in-break");
        assertThat(((VastAd.InLine) document.ads().getFirst()).markup()).startsWith("<VAST version=\"3.0\"");
    }

    @Test
    void breakPointsToATagOrToDataOfItsOwn() throws IOException {
        List<AdBreak> breaks = schedule().breaks();

        assertThat(source(breaks.get(1)))
                .isEqualTo(new AdSource(
                        "",
                        true,
                        Optional.empty(),
                        Optional.of(new AdSource.Tag("vast4", "https://ads.example/mid?a=1&b=2"))));
        assertThat(source(breaks.get(2)))
                .isEqualTo(new AdSource(
                        "", true, Optional.of(false), Optional.of(new AdSource.Custom("own", "{\"x\":1}"))));
        assertThat(breaks.get(2).extensions())
                .containsExactly(new Extension(
                        "urn:example", "<vmap:Extension type=\"urn:example\"><o:x>1</o:x></vmap:Extension>"));
        assertThat(breaks.get(5).source()).isEmpty();
    }

    @Test
    void breakTrackersAreKept() throws IOException {
        assertThat(schedule().breaks().getFirst().tracking())
                .containsExactly(
                        new Tracking("breakStart", "", "https://ads.example/break-start"),
                        new Tracking("error", "", "https://ads.example/break-error?c=[ERRORCODE]"));
    }

    @Test
    void badDocumentInOneBreakLosesThatBreakOnly() throws IOException {
        List<AdBreak> breaks = schedule().breaks();

        assertThat(breaks).hasSize(6);
        assertThat(source(breaks.get(3)).content())
                .contains(new AdSource.Ads(new ParsedVast.Malformed(102, "VAST version is not supported")));
        assertThat(source(breaks.get(4)).content())
                .contains(new AdSource.Ads(new ParsedVast.Malformed(101, "VASTAdData without VAST")));
    }

    @Test
    void nameOfTheFirstVmapVersionIsRead() {
        String text =
                "<VMAP version='1.0'><AdBreak timeOffset='start'><AdSource><VASTData><VAST version='2.0'/></VASTData>"
                        + "</AdSource></AdBreak></VMAP>";

        VmapDocument vmap = (VmapDocument) DocumentReader.read(text.getBytes(StandardCharsets.UTF_8));

        assertThat(source(vmap.breaks().getFirst()).content().orElseThrow())
                .isInstanceOfSatisfying(
                        AdSource.Ads.class, ads -> assertThat(ads.document()).isInstanceOf(VastDocument.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "START", "101%", "-1%", "#0", "#x", "1:2", "later"})
    void whatIsNoTimeOfABreakIsNone(String text) {
        assertThat(BreakOffset.parse(text)).isEmpty();
    }
}
