package millrace.upstream.openrtb.request;

import static millrace.upstream.openrtb.request.BitWriter.gpp;
import static millrace.upstream.openrtb.request.BitWriter.gppOfRun;
import static millrace.upstream.openrtb.request.BitWriter.tcf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import millrace.schemas.AdRequest;
import millrace.schemas.Consent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What consent strings allow to tell: the strings are written bit by bit, or are examples of their specifications. */
class ConsentStringsTest {

    private static Privacy privacy(Consent.Builder consent) {
        return Privacy.of(AdRequest.newBuilder()
                .setId("r")
                .setPlacement("p")
                .setConsent(consent.build())
                .build());
    }

    private static boolean mayIdentify(String gpp, Integer... inForce) {
        return privacy(Consent.newBuilder().setGpp(gpp).setGppSections(List.of(inForce)))
                .mayIdentify();
    }

    // ---- GPP: states of the US

    /** Section, and the bits of the two or three choices that count in it. */
    @ParameterizedTest
    @CsvSource({
        "7, 18", "7, 20", "7, 22", "8, 12", "8, 14", "9, 12", "9, 14", "10, 12", "10, 14", "11, 14", "11, 16", "12, 12",
        "12, 14", "13, 12", "13, 14", "14, 12", "14, 14", "15, 12", "15, 14", "16, 12", "16, 14", "17, 12", "17, 14",
        "18, 14", "18, 16", "19, 12", "19, 14", "20, 12", "20, 14", "21, 12", "21, 14", "22, 12", "22, 14", "23, 12",
        "23, 14", "24, 16", "24, 18", "25, 16", "25, 18", "26, 16", "26, 18", "27, 16", "27, 18"
    })
    void optOutOfAStateForbids(int section, int bit) {
        BitWriter optedOut = new BitWriter().number(1, 6).to(bit).number(1, 2).to(60);
        BitWriter optedIn = new BitWriter().number(1, 6).to(bit).number(2, 2).to(60);

        assertThat(mayIdentify(gpp(List.of(section), optedOut.toString()), section))
                .isFalse();
        assertThat(mayIdentify(gpp(List.of(section), optedIn.toString()), section))
                .isTrue();
    }

    /** As its specification has it: the number of the section, its version, what it consists of; then the core. */
    private static String header(int section) {
        return new BitWriter().number(section, 6).number(1, 6).number(0, 12) + ".";
    }

    @ParameterizedTest
    @CsvSource({"24, 16", "24, 18", "25, 16", "25, 18", "26, 16", "26, 18", "27, 16", "27, 18"})
    void optOutIsReadBehindTheHeaderThatASectionBringsItself(int section, int bit) {
        BitWriter optedOut = new BitWriter().to(bit).number(1, 2).to(24);
        BitWriter optedIn = new BitWriter().to(bit).number(2, 2).to(24);

        assertThat(mayIdentify(gpp(List.of(section), header(section) + optedOut), section))
                .isFalse();
        assertThat(mayIdentify(gpp(List.of(section), header(section) + optedIn), section))
                .isTrue();
        assertThat(mayIdentify(gpp(List.of(section), header(section)), section))
                .as("a header and no core")
                .isFalse();
    }

    @Test
    void marylandSaysWhatItsBrowserWantsAndIndianaSaysSensitiveDataThere() {
        String core = new BitWriter().to(24).toString();
        String bits = new BitWriter().numbers(2, 1, 2, 0, 0, 0, 0, 0, 0).toString();

        assertThat(mayIdentify(gpp(List.of(24), header(24) + core + "." + bits), 24))
                .isFalse();
        assertThat(mayIdentify(gpp(List.of(25), header(25) + core + "." + bits), 25))
                .isTrue();
    }

    @Test
    void nationalStringOfTheToolOfItsAuthorsIsRead() {
        assertThat(mayIdentify("DBABLA~BVVVkkkklWA.YA", 7))
                .as("opted out of all")
                .isFalse();
        assertThat(mayIdentify("DBABLA~BAAAAAAAAQA.QA", 7))
                .as("asked for nothing")
                .isTrue();
    }

    @Test
    void browserThatWantsNothingSoldForbids() {
        String core = new BitWriter().number(1, 6).to(60).toString();
        String gpc = new BitWriter().number(1, 2).number(1, 1).toString();
        String none = new BitWriter().number(1, 2).number(0, 1).toString();

        assertThat(mayIdentify(gpp(List.of(8), core + "." + gpc), 8)).isFalse();
        assertThat(mayIdentify(gpp(List.of(8), core + "." + none), 8)).isTrue();
    }

    @Test
    void onlySectionsInForceCountAndWhereNoneIsSaidAll() {
        String out = new BitWriter().number(1, 6).to(12).number(1, 2).to(60).toString();
        String in = new BitWriter().number(1, 6).to(60).toString();
        String both = gpp(List.of(8, 9), in, out);

        assertThat(mayIdentify(both, 8)).isTrue();
        assertThat(mayIdentify(both, 9)).isFalse();
        assertThat(mayIdentify(both, 8, 9)).isFalse();
        assertThat(mayIdentify(both)).isFalse();
        assertThat(mayIdentify(both, -1)).as("none applies").isTrue();
        assertThat(mayIdentify(gpp(List.of(8), in))).isTrue();
    }

    @Test
    void idsMayBeWrittenAsARun() {
        String in = new BitWriter().number(1, 6).to(60).toString();
        String out = new BitWriter().number(1, 6).to(12).number(1, 2).to(60).toString();
        String run = gppOfRun(8, 10, in, in, out);

        assertThat(mayIdentify(run, 9)).isTrue();
        assertThat(mayIdentify(run, 10)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "DBABLA", "DBABLA~", "DBABLA~B", "DBABLA~*AAAAAAAA", "?", "DBABTA~1YNN", "EBABLA~BAAAAAAAAQA"
            })
    void whatIsInForceAndCannotBeReadForbids(String gpp) {
        assertThat(mayIdentify(gpp, 7)).isFalse();
    }

    @Test
    void lawThatNobodyHereKnowsForbids() {
        assertThat(mayIdentify(gpp(List.of(40), "AAAAAAAAAAAA"), 40)).isFalse();
        assertThat(mayIdentify("DBAA", IntStream.range(0, 10_000).boxed().toArray(Integer[]::new)))
                .isFalse();
    }

    @Test
    void usPrivacyMayStandInTheString() {
        assertThat(mayIdentify("DBABTA~1YNN", 6)).isTrue();
        assertThat(mayIdentify("DBABTA~1YYN", 6)).isFalse();
        assertThat(privacy(Consent.newBuilder().setUsPrivacy("1NYN")).mayIdentify())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"151, true", "175, true", "152, false"})
    void canadaWantsConsentSaidOrImplied(int bit, boolean allowed) {
        String section =
                new BitWriter().number(1, 6).to(bit).number(1, 1).to(240).toString();

        assertThat(mayIdentify(gpp(List.of(5), section), 5)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"gpc\":\"1\"}", "{\"gpc\":1}"})
    void browserMaySayThatBesideEveryString(String ext) {
        assertThat(privacy(Consent.newBuilder().setExt(ext)).mayIdentify()).isFalse();
        assertThat(privacy(Consent.newBuilder().setExt(ext.replace('1', '0'))).mayIdentify())
                .isTrue();
    }

    // ---- GDPR

    @Test
    void gdprAppliesWhereItsSectionIsInForceAndItsStringIsTakenFromThere() {
        String consented = gpp(List.of(2), tcf(true, true).toString());
        String refused = gpp(List.of(2), tcf(true, false).toString());

        assertThat(mayIdentify(consented, 2)).isTrue();
        assertThat(mayIdentify(refused, 2)).isFalse();
        assertThat(mayIdentify(refused)).isFalse();
        assertThat(mayIdentify(refused, 6)).as("not in force").isTrue();
        assertThat(mayIdentify("DBAA", 2))
                .as("it applies, and nobody consented")
                .isFalse();
        assertThat(privacy(Consent.newBuilder()
                                .setGpp(consented)
                                .setGppSections(List.of(2))
                                .setTcf(tcf(true, false).toString()))
                        .mayIdentify())
                .as("two strings, and one refuses")
                .isFalse();
    }

    @Test
    void exactPlaceWantsASpecialConsent() {
        assertThat(privacy(Consent.newBuilder()
                                .setGdpr(1)
                                .setTcf(tcf(false, true).toString()))
                        .mayLocate())
                .isFalse();
        assertThat(privacy(Consent.newBuilder()
                                .setGdpr(1)
                                .setTcf(tcf(true, true).toString()))
                        .mayLocate())
                .isTrue();
        assertThat(privacy(Consent.newBuilder()).mayLocate())
                .as("where GDPR does not apply")
                .isTrue();
    }

    @Test
    void stringOfAnotherVersionAllowsNothing() {
        assertThat(privacy(Consent.newBuilder().setGdpr(1).setTcf("BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA"))
                        .mayIdentify())
                .isFalse();
    }

    @Test
    void vendorsAreReadAsBitsAndAsRanges() {
        TcfConsent bits = TcfConsent.of(tcf(true, true)
                .number(10, 16)
                .number(0, 1)
                .numbers(1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1)
                .toString());
        TcfConsent ranges = TcfConsent.of(tcf(true, true)
                .number(800, 16)
                .number(1, 1)
                .number(2, 12)
                .number(0, 1)
                .number(7, 16)
                .number(1, 1)
                .numbers(16, 700, 755)
                .toString());

        assertThat(IntStream.rangeClosed(1, 12).filter(bits::allows)).containsExactly(3, 10);
        assertThat(IntStream.rangeClosed(1, 900).filter(ranges::allows).toArray())
                .hasSize(57)
                .contains(7, 700, 755)
                .doesNotContain(6, 8, 699, 756);
        assertThat(TcfConsent.of(tcf(true, true)
                                .number(10, 16)
                                .number(1, 1)
                                .number(4_095, 12)
                                .toString())
                        .allows(5))
                .as("cut short")
                .isFalse();
    }
}
