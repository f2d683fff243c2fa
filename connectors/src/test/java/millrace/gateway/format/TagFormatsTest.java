package millrace.gateway.format;

import static millrace.gateway.format.Formats.VAST;
import static millrace.gateway.format.Formats.ad;
import static millrace.gateway.format.Formats.answer;
import static millrace.gateway.format.Formats.asked;
import static millrace.gateway.format.Formats.empty;
import static millrace.gateway.format.Formats.faults;
import static millrace.gateway.format.Formats.filled;
import static millrace.gateway.format.Formats.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.gateway.format.AdFormat.Missing;
import millrace.gateway.http.Call;
import millrace.gateway.http.Page;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.AnswerError;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.SlotAnswer;
import millrace.upstream.vast.writer.VastVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagFormatsTest {
    private final AdFormat vast = new VastFormat(VastVersion.V4_2);
    private final AdFormat vmap = new VmapFormat(VastVersion.V4_2);

    private static Call tag(String path, String... namesAndValues) {
        Map<String, String> parameters = new HashMap<>(Map.of("placement", "preroll", "user", "u1"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return get(path, parameters);
    }

    @Test
    void parametersBecomeFieldsOfTheRequest() {
        AdRequest request = asked(
                        vast,
                        get(
                                "/vast",
                                Map.ofEntries(
                                        Map.entry("placement", "preroll"),
                                        Map.entry("user", "u1"),
                                        Map.entry("w", "1280"),
                                        Map.entry("height", "720"),
                                        Map.entry("max_duration", "30.5"),
                                        Map.entry("mimes", "video/mp4, video/webm"),
                                        Map.entry("protocols", "7,8"),
                                        Map.entry("country", "DE"),
                                        Map.entry("gdpr", "1"),
                                        Map.entry("gdpr_consent", "CPxx"),
                                        Map.entry("gpp_sid", "7"),
                                        Map.entry("c.section", "sport"),
                                        Map.entry("m.app_version", "7"),
                                        Map.entry("version", "4.1"),
                                        Map.entry("correlator", "123")),
                                Map.of(
                                        "user-agent", "Player/1",
                                        "referer", "https://news.example/a",
                                        "accept-language", "de-DE,de;q=0.9")))
                .request();

        assertThat(request.getId()).isEqualTo("new-id");
        assertThat(request.getMarkup()).isEqualTo(AnswerMarkup.VAST);
        assertThat(request.getVastVersion()).isEqualTo("4.1");
        assertThat(request.getUser().getId()).isEqualTo("u1");
        assertThat(request.getEventTime()).isEqualTo(Formats.NOW.toEpochMilli());
        assertThat(request.getDevice().getIp()).isEqualTo("198.51.100.7");
        assertThat(request.getDevice().getUserAgent()).isEqualTo("Player/1");
        assertThat(request.getDevice().getLanguage()).isEqualTo("de");
        assertThat(request.getDevice().getGeo().getCountry()).isEqualTo("DE");
        assertThat(request.getSite().getPage()).isEqualTo("https://news.example/a");
        assertThat(request.getConsent().getTcf()).isEqualTo("CPxx");
        assertThat(request.getConsent().getGppSections()).containsExactly(7);
        assertThat(request.getParams()).containsExactly(Map.entry("section", "sport"));
        assertThat(request.getMetadata()).containsExactly(Map.entry("app_version", "7"));
        assertThat(request.getSlots()).singleElement().satisfies(slot -> {
            assertThat(slot.getWidth()).isEqualTo(1280);
            assertThat(slot.getHeight()).isEqualTo(720);
            assertThat(slot.getMaxDurationMillis()).isEqualTo(30_500);
            assertThat(slot.getMimes()).containsExactly("video/mp4", "video/webm");
            assertThat(slot.getProtocols()).containsExactly(7, 8);
            assertThat(slot.getPod()).isNull();
        });
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        String faults = faults(
                vast,
                get(
                        "/vast",
                        Map.of(
                                "user",
                                "u1",
                                "w",
                                "wide",
                                "gdpr",
                                "yes",
                                "country",
                                "de",
                                "version",
                                "9",
                                "max_duration",
                                "-1")));

        assertThat(faults.lines())
                .containsExactlyInAnyOrder(
                        "placement: is missing",
                        "w: is 'wide'; allowed is a whole number, 1 to 100000",
                        "gdpr: is 'yes'; allowed is 0 or 1",
                        "country: is 'de'; allowed is an ISO 3166-1 code such as DE",
                        "version: is '9'; allowed is 2.0, 3.0, 4.0, 4.1, 4.2 or 4.3",
                        "max_duration: is '-1'; allowed are seconds above 0, at most a day");
    }

    @ParameterizedTest
    @CsvSource({"[WIDTH]", "{width}", "%%WIDTH%%", "${WIDTH}", "''"})
    void macroThatNobodyFilledInCountsAsAbsent(String value) {
        assertThat(asked(vast, tag("/vast", "w", value))
                        .request()
                        .getSlots()
                        .getFirst()
                        .getWidth())
                .isNull();
    }

    @Test
    void controlCharactersAreRefusedAndNotRepeated() {
        assertThat(faults(vast, tag("/vast", "user", "u\r\nX: 1")))
                .isEqualTo("user: is 'u??X: 1'; allowed are 1 to 256 printable characters");
    }

    @Test
    void pipelineGetsTheTimeLessTheMargin() {
        assertThat(asked(vast, tag("/vast")).request().getDeadlineMillis()).isEqualTo(400);
        assertThat(asked(vast, tag("/vast", "deadline", "120")).request().getDeadlineMillis())
                .as("never less than half")
                .isEqualTo(60);
        Asked longest = asked(vast, tag("/vast", "deadline", "60000"));
        assertThat(longest.within()).isEqualTo(Duration.ofSeconds(5));
        assertThat(longest.request().getDeadlineMillis()).isEqualTo(4_900);
    }

    @Test
    void breakHasALength() {
        var pod = asked(vast, tag("/vast", "pod_duration", "90", "pod_ads", "4", "pod_max_ad", "30"))
                .request()
                .getSlots()
                .getFirst()
                .getPod();
        assertThat(pod.getMaxAds()).isEqualTo(4);
        assertThat(pod.getTotalMillis()).isEqualTo(90_000);
        assertThat(pod.getMaxAdMillis()).isEqualTo(30_000);
        assertThat(faults(vast, tag("/vast", "pod_ads", "4"))).contains("pod_duration");
    }

    @Test
    void versionMayBeThatOfTheAcceptedType() {
        Call call = get(
                "/vast",
                Map.of("placement", "p", "user", "u"),
                Map.of("accept", "text/html, application/xml;q=0.9;version=4.0"));

        assertThat(asked(vast, call).request().getVastVersion()).isEqualTo("4.0");
    }

    @Test
    void versionThatNobodyWritesIsAFaultAndThatOfAnotherTypeNobodysBusiness() {
        Map<String, String> ask = Map.of("placement", "p", "user", "u");

        assertThat(faults(
                        vast, get("/vast", ask, Map.of("accept", "image/*;version=1.0, application/xml;version=5.0"))))
                .isEqualTo("Accept version: is '5.0'; allowed is 2.0, 3.0, 4.0, 4.1, 4.2 or 4.3");
        assertThat(asked(vast, get("/vast", ask, Map.of("accept", "text/html;version=1.1, */*")))
                        .request()
                        .getVastVersion())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void olderVersionIsAskedForAndItsEmptyDocumentIsInNoNamespace(String version) {
        Asked asked = asked(vast, tag("/vast", "version", version));

        assertThat(asked.request().getVastVersion()).isEqualTo(version);
        assertThat(vast.answered(asked, answer(empty("s"))).text()).endsWith("<VAST version=\"" + version + "\"/>");
    }

    @Test
    void adIsItsDocumentAndABreakIsOne() {
        Asked asked = asked(vast, tag("/vast"));
        SlotAnswer pod = SlotAnswer.newBuilder(filled("s", ad(null).build()))
                .setMarkup("<VAST version=\"4.2\">pod</VAST>")
                .build();

        assertThat(vast.answered(asked, answer(filled("s", ad(VAST).build()))).text())
                .endsWith("?>\n" + VAST);
        assertThat(vast.answered(asked, answer(pod)).text()).endsWith("pod</VAST>");
    }

    @ParameterizedTest
    @EnumSource(Missing.class)
    void noAdIsAValidDocumentWithoutOne(Missing why) {
        Asked asked = asked(vast, tag("/vast", "version", "4.1"));

        for (Page page : List.of(
                vast.none(asked, why),
                vast.answered(asked, answer(empty("s"))),
                vast.answered(
                        asked, answer(filled("s", ad("<div>a banner</div>").build()))))) {
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.type()).startsWith("application/xml");
            assertThat(page.text()).contains("<VAST version=\"4.1\"").doesNotContain("<Ad");
        }
    }

    @Test
    void refusalOfThePipelineIsSaidWithItsReason() {
        AdResponse refused = AdResponse.newBuilder(answer())
                .setError(new AnswerError("unknown_placement", "placement is \"nowhere\""))
                .build();

        assertThat(vast.answered(asked(vast, tag("/vast")), refused))
                .satisfies(page -> assertThat(page.status()).isEqualTo(400))
                .satisfies(page -> assertThat(page.text()).contains("nowhere"));
    }

    @Test
    void breaksOfAScheduleAreSlots() {
        AdRequest request = asked(vmap, tag("/vmap", "breaks", "start,00:10:00,600,mid,end"))
                .request();

        assertThat(request.getMarkup()).isEqualTo(AnswerMarkup.VMAP);
        assertThat(request.getSlots()).extracting("startDelay").containsExactly(0, 600, 600, -1, -2);
        assertThat(request.getSlots()).extracting("id").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"soon", "'1:2'", "'1:-2:3'", "'99:99:99:99'", "99999999"})
    void breakThatIsNoTimeIsRefused(String at) {
        assertThat(faults(vmap, tag("/vmap", "breaks", at))).startsWith("breaks: has");
    }

    @Test
    void scheduleIsTheAnswersDocumentOrOneWithoutBreaks() {
        Asked asked = asked(vmap, tag("/vmap"));
        AdResponse scheduled = AdResponse.newBuilder(answer())
                .setMarkup("<vmap:VMAP>x</vmap:VMAP>")
                .build();

        assertThat(vmap.answered(asked, scheduled).text()).endsWith("<vmap:VMAP>x</vmap:VMAP>");
        assertThat(vmap.none(asked, Missing.DEADLINE).text())
                .contains("<vmap:VMAP")
                .doesNotContain("AdBreak");
    }
}
