package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import millrace.schemas.App;
import millrace.schemas.Consent;
import millrace.schemas.Content;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.Player;
import millrace.schemas.Pod;
import millrace.schemas.Site;
import millrace.schemas.Source;
import millrace.upstream.Ask;
import millrace.upstream.UpstreamCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacrosTest {

    private static RequestMacros macros(Ask ask) {
        UpstreamCall call = ask.call();
        return new RequestMacros(
                call.context(), call.request(), call.slot(), call.request().getBlockedCategories(), "Millrace/9");
    }

    private static String expand(Ask ask, String name) {
        return macros(ask).expand("[" + name + "]");
    }

    /** A request that tells everything. */
    private static Ask full() {
        return new Ask()
                .contentUrl("https://watch.example/фильм?a=1&b=2")
                .slot(s -> s.setMimes(List.of("video/mp4", "application/x-mpegURL"))
                        .setApis(List.of(7, 8))
                        .setProtocols(List.of(2, 3))
                        .setPlacementType(1)
                        .setPlaybackMethods(List.of(1, 5))
                        .setStartDelay(-2)
                        .setMinDurationMillis(5000)
                        .setPod(Pod.newBuilder()
                                .setMaxAds(3)
                                .setTotalMillis(90_000)
                                .build())
                        .setMaxDurationMillis(30_500))
                .request(r -> r.setSite(Site.newBuilder()
                                .setDomain("site.example")
                                .setPage("https://site.example/стр")
                                .build())
                        .setSource(Source.newBuilder().setTransactionId("t-1").build())
                        .setBlockedCategories(List.of("IAB1-6", "IAB1-7"))
                        .setAllowedCategories(List.of("IAB2", "IAB3-1"))
                        .setConsent(Consent.newBuilder()
                                .setTcf("CPabc")
                                .setGpp("DBAA")
                                .setGppSections(List.of(2, 6))
                                .setGdpr(1)
                                .setDsaRequired(3)
                                .setDsaPublisherRenders(1)
                                .setDsaParams(List.of(1, 2))
                                .build())
                        .setContent(Content.newBuilder()
                                .setId("film")
                                .setUrl("https://c.example/")
                                .setCategories(List.of("IAB1"))
                                .build())
                        .setPlayer(Player.newBuilder()
                                .setWidth(1280)
                                .setHeight(720)
                                .setContentPlayheadMillis(3_723_004L)
                                .setCapabilities(List.of("skip", "mute"))
                                .setInventoryStates(List.of("skippable"))
                                .setClientUserAgent("Tv/7.1 Plug/1.2")
                                .setStates(List.of("muted", "fullscreen"))
                                .setOmidPartner("Acme/1.0")
                                .setVerificationVendors(List.of("v.example"))
                                .setClickType(1)
                                .setExtensions(List.of("e"))
                                .build())
                        .setDevice(Device.newBuilder()
                                .setId("dev")
                                .setIdType("rida")
                                .setLimitAdTracking(0)
                                .setGeo(Geo.newBuilder()
                                        .setLat(59.9)
                                        .setLon(30.3)
                                        .build())
                                .build()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CACHEBUSTING | 01234567",
                "TIMESTAMP | 2026-01-17T08%3A15%3A07.127%2B00%3A00",
                "TRANSACTIONID | t-1",
                "DEVICEIP | 198.51.100.7",
                "DEVICEUA | Player%2F1.0%20(TV)",
                "IFA | d1",
                "IFATYPE | rida",
                "LIMITADTRACKING | 0",
                "LATLONG | 59.9,30.3",
                "PAGEURL | https%3A%2F%2Fsite.example%2F%D1%81%D1%82%D1%80",
                "DOMAIN | site.example",
                "APPBUNDLE | 0",
                "STOREID | -1",
                "STOREURL | -1",
                "GDPRCONSENT | CPabc",
                "GPPSTRING | DBAA",
                "GPPSECTIONID | 2,6",
                "REGULATIONS | gdpr",
                "BREAKPOSITION | 3",
                "BREAKMAXDURATION | 90",
                "BREAKMAXADS | 3",
                "BREAKMINADLENGTH | 5",
                "BREAKMAXADLENGTH | 30",
                "CONTENTID | unknown%20film",
                "CONTENTURI | https%3A%2F%2Fc.example%2F",
                "CONTENTCAT | IAB1",
                "VASTVERSIONS | 2,3",
                "APIFRAMEWORKS | 7,8",
                "MEDIAMIME | video%2Fmp4,application%2Fx-mpegURL",
                "PLAYERSIZE | 1280,720",
                "PLAYERCAPABILITIES | skip,mute",
                "INVENTORYSTATE | skippable",
                "MEDIAPLAYHEAD | 01%3A02%3A03.004",
                "OMIDPARTNER | Acme%2F1.0",
                "VERIFICATIONVENDORS | v.example",
                "CLICKTYPE | 1",
                "EXTENSIONS | e",
                "PLACEMENTTYPE | 1",
                "PLAYBACKMETHODS | 1,5",
                "ADCOUNT | 3",
                "ADTYPE | video",
                "SERVERSIDE | 1",
                "SERVERUA | Millrace%2F9",
                "BLOCKEDADCATEGORIES | IAB1-6,IAB1-7",
                "ADCATEGORIES | IAB2,IAB3-1",
                "CLIENTUA | Tv%2F7.1%20Plug%2F1.2",
                "PLAYERSTATE | muted,fullscreen",
                "DSAREQUIRED | 3",
                "DSAPUBRENDER | 1",
                "DSAPARAMS | 1_2",
                "CONTENTPLAYHEAD | 01%3A02%3A03.004",
                "ADPLAYHEAD | -1",
                "ADSERVINGID | -1",
                "ASSETURI | -1",
                "CLICKPOS | -1",
                "PODSEQUENCE | -1",
                "UNIVERSALADID | -1",
                "REASON | [REASON]",
                "NOTAMACRO | [NOTAMACRO]",
                "ERRORCODE | [ERRORCODE]"
            })
    void macroHasItsValue(String name, String expected) {
        assertThat(expand(full(), name)).isEqualTo(expected);
    }

    @Test
    void whatNobodyToldIsMinusOne() {
        Ask bare = new Ask();

        for (String name : List.of(
                "IFATYPE",
                "PAGEURL",
                "APPBUNDLE",
                "DOMAIN",
                "GDPRCONSENT",
                "REGULATIONS",
                "BREAKPOSITION",
                "BREAKMAXDURATION",
                "CONTENTID",
                "MEDIAMIME",
                "PLAYERSIZE",
                "LATLONG",
                "VASTVERSIONS",
                "BLOCKEDADCATEGORIES")) {
            assertThat(expand(bare, name)).as(name).isEqualTo("-1");
        }
    }

    @Test
    void pageOfAnAppDoesNotApply() {
        Ask app = new Ask()
                .contentUrl("https://c.example/")
                .request(r -> r.setApp(App.newBuilder()
                        .setBundle("com.acme.tv")
                        .setStoreId("42")
                        .build()));

        assertThat(expand(app, "PAGEURL")).isEqualTo("0");
        assertThat(expand(app, "APPBUNDLE")).isEqualTo("com.acme.tv");
        assertThat(expand(app, "STOREID")).isEqualTo("42");
    }

    @Test
    void contentUrlStandsInForAPageAndKeepsItsScript() {
        assertThat(expand(new Ask().contentUrl("https://c.example/кино"), "PAGEURL"))
                .isEqualTo("https%3A%2F%2Fc.example%2F%D0%BA%D0%B8%D0%BD%D0%BE");
    }

    @Test
    void idIsWithheldWhenTrackingIsLimitedOrTheViewerIsAChild() {
        Ask limited = new Ask()
                .request(r -> r.setDevice(Device.newBuilder()
                        .setLimitAdTracking(1)
                        .setGeo(Geo.newBuilder().setLat(1.0).setLon(2.0).build())
                        .build()));
        Ask child = new Ask()
                .request(r -> r.setConsent(Consent.newBuilder().setCoppa(1).build()));

        assertThat(expand(limited, "IFA")).isEqualTo("-2");
        assertThat(expand(limited, "LATLONG")).isEqualTo("-2");
        assertThat(expand(child, "IFA")).isEqualTo("-2");
        assertThat(expand(child, "REGULATIONS")).isEqualTo("coppa");
    }

    @Test
    void valuesAreNeverExpandedAgain() {
        Macros macros = name -> switch (name) {
            case "A" -> MacroValue.of("[B]");
            case "B" -> MacroValue.of("[A]$1\\");
            default -> new MacroValue.Foreign();
        };

        assertThat(macros.expand("x?a=[A]&b=[B]")).isEqualTo("x?a=%5BB%5D&b=%5BA%5D%241%5C");
    }

    @Test
    void onlyWholeNamesInBracketsAreMacros() {
        Macros macros = name -> MacroValue.of("v");

        assertThat(macros.expand("[A][[A]][a][][A B][A")).isEqualTo("vvv][a][][A B][A".replaceFirst("vvv", "v[v"));
        assertThat(macros.expand("nothing")).isEqualTo("nothing");
    }

    @Test
    void errorCodeIsPutIntoPingsOnly() {
        Macros macros = macros(new Ask());

        assertThat(macros.withErrorCode(303).expand("e?c=[ERRORCODE]&b=[CACHEBUSTING]"))
                .isEqualTo("e?c=303&b=01234567");
        assertThat(macros.expand("e?c=[ERRORCODE]")).isEqualTo("e?c=[ERRORCODE]");
    }

    @Test
    void wrappersAddToTheBlockedCategories() {
        RequestMacros macros = macros(new Ask().request(r -> r.setBlockedCategories(List.of("IAB1"))));

        assertThat(macros.blocking(List.of("IAB2", "IAB1")).expand("[BLOCKEDADCATEGORIES]"))
                .isEqualTo("IAB1,IAB2");
        assertThat(macros.blocking(List.of())).isSameAs(macros);
    }

    @Test
    void slotsAndPlayersOwnWordsComeFirst() {
        Ask ask = new Ask()
                .slot(s -> s.setBreakPosition(4).setStartDelay(0).setWidth(10).setHeight(20))
                .request(r -> r.setPlayer(Player.newBuilder()
                                .setVastVersions(List.of(11))
                                .setBreakMaxDurationSeconds(60)
                                .build())
                        .setContent(Content.newBuilder()
                                .setIds(List.of("eidr 1", "x 2"))
                                .build())
                        .setConsent(Consent.newBuilder()
                                .setRegulations(List.of("lgpd"))
                                .build())
                        .setMetadata(Map.of()));

        assertThat(expand(ask, "BREAKPOSITION")).isEqualTo("4");
        assertThat(expand(ask, "PLAYERSIZE")).isEqualTo("10,20");
        assertThat(expand(ask, "VASTVERSIONS")).isEqualTo("11");
        assertThat(expand(ask, "BREAKMAXDURATION")).isEqualTo("60");
        assertThat(expand(ask, "CONTENTID")).isEqualTo("eidr%201,x%202");
        assertThat(expand(ask, "REGULATIONS")).isEqualTo("lgpd");
    }

    @Test
    void longValuesAreNotPutInWithoutEnd() {
        Ask ask = new Ask()
                .request(r -> r.setSite(Site.newBuilder()
                        .setPage("https://page.example/" + "p".repeat(100_000))
                        .build()));

        String expanded = macros(ask).expand("[PAGEURL]".repeat(7_000));

        assertThat(expanded).hasSizeLessThan(250_000).endsWith("[PAGEURL]");
    }
}
