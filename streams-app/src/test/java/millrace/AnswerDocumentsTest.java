package millrace;

import static millrace.Examples.own;
import static millrace.Examples.placement;
import static millrace.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import millrace.decision.DecisionSettings;
import millrace.delivery.Documents;
import millrace.schemas.Ad;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.Creative;
import millrace.schemas.Media;
import millrace.schemas.Pod;
import millrace.schemas.Slot;
import millrace.schemas.Tracker;
import millrace.upstream.vast.document.AdBreak;
import millrace.upstream.vast.document.AdSource;
import millrace.upstream.vast.document.Link;
import millrace.upstream.vast.document.ParsedVast;
import millrace.upstream.vast.document.VastAd;
import millrace.upstream.vast.document.VastDocument;
import millrace.upstream.vast.document.VmapDocument;
import millrace.upstream.vast.reader.DocumentReader;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers as documents, through the whole topology. */
class AnswerDocumentsTest {
    private final TopologyWorld world = new TopologyWorld(
            DecisionSettings.defaults(),
            new Documents(new Beacons(Optional.of("https://us.example/b")), VastVersion.V4_2));

    @BeforeEach
    void campaignsAreThere() {
        world.apply(placement("preroll"));
        for (String id : List.of("a", "b", "c")) {
            world.apply(own(id).setCreatives(List.of(Creative.newBuilder()
                            .setId(id)
                            .setTitle("Title of " + id)
                            .setDurationMillis(10_000)
                            .setClickThrough("https://land.example/" + id)
                            .setMedia(List.of(Media.newBuilder()
                                    .setUrl("https://cdn.example/" + id + ".mp4")
                                    .setMime("video/mp4")
                                    .setWidth(640)
                                    .setHeight(360)
                                    .build()))
                            .setTrackers(List.of(Tracker.newBuilder()
                                    .setEvent("impression")
                                    .setUrl("https://t.example/" + id)
                                    .build()))
                            .build()))
                    .build());
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Slot pod(String id, int delay, int ads) {
        return Slot.newBuilder()
                .setId(id)
                .setStartDelay(delay)
                .setPod(Pod.newBuilder().setMaxAds(ads).setTotalMillis(60_000).build())
                .build();
    }

    private AdResponse answer(AnswerMarkup markup, @Nullable String version, Slot... slots) {
        world.request(AdRequest.newBuilder(request("r1", "u1"))
                .setMarkup(markup)
                .setVastVersion(version)
                .setSlots(List.of(slots))
                .build());
        return world.answer();
    }

    private static ParsedVast read(String document) {
        return DocumentReader.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static VastAd.InLine inline(VastDocument document, int place) {
        return (VastAd.InLine) document.ads().get(place);
    }

    @Test
    void singleAdCarriesItsDocumentWithOurBeaconsAndItsToken() {
        Ad ad = answer(AnswerMarkup.VAST, "4.1").getSlots().getFirst().getAds().getFirst();

        VastDocument document = (VastDocument) read(ad.getMarkup());
        assertThat(document.version()).isEqualTo("4.1");
        VastAd.InLine inline = inline(document, 0);
        assertThat(inline.isStandAlone()).isTrue();
        assertThat(inline.impressions().stream().map(Link::url))
                .containsExactly(
                        "https://t.example/" + ad.getCreative(),
                        "https://us.example/b/" + ad.getToken() + "/impression");
        assertThat(inline.servingId()).isEqualTo("millrace-" + ad.getToken());
        assertThat(ad.getTrackers())
                .extracting(Tracker::getUrl)
                .contains("https://us.example/b/" + ad.getToken() + "/complete");
    }

    @Test
    void podIsOneDocumentInOrder() {
        var slot = answer(AnswerMarkup.VAST, null, pod("p", 0, 3)).getSlots().getFirst();

        VastDocument document = (VastDocument) read(slot.getMarkup());
        assertThat(document.version()).isEqualTo("4.2");
        assertThat(document.ads()).extracting(VastAd::sequence).containsExactly(1, 2, 3);
        assertThat(document.ads())
                .extracting(VastAd::id)
                .containsExactlyElementsOf(
                        slot.getAds().stream().map(Ad::getCreative).toList());
        assertThat(slot.getAds()).allSatisfy(ad -> assertThat(ad.getMarkup()).isNull());
    }

    @Test
    void scheduleIsOneVmapDocument() {
        AdResponse answer = answer(
                AnswerMarkup.VMAP, "4.0", pod("pre", 0, 1), pod("mid", 754, 2), pod("gen", -1, 1), pod("post", -2, 1));

        VmapDocument schedule = (VmapDocument) read(answer.getMarkup());
        assertThat(schedule.breaks()).extracting(AdBreak::timeOffset).containsExactly("start", "00:12:34", "#1", "end");
        assertThat(schedule.breaks()).extracting(AdBreak::id).containsExactly("pre", "mid", "gen", "post");
        AdSource.Ads mid = (AdSource.Ads)
                schedule.breaks().get(1).source().orElseThrow().content().orElseThrow();
        assertThat(((VastDocument) mid.document()).ads())
                .extracting(VastAd::sequence)
                .containsExactly(1, 2);
        assertThat(answer.getSlots().get(1).getAds()).hasSize(2);
        assertThat(answer.getSlots().get(1).getMarkup()).isNull();
    }

    @Test
    void breakWithoutAnAdIsAnnouncedAndEmpty() {
        Slot tooShort = Slot.newBuilder(pod("short", 0, 1))
                .setPod(Pod.newBuilder().setMaxAds(1).setTotalMillis(1_000).build())
                .build();

        VmapDocument schedule =
                (VmapDocument) read(answer(AnswerMarkup.VMAP, null, tooShort).getMarkup());

        assertThat(schedule.breaks().getFirst().source()).isEmpty();
    }

    @Test
    void fieldsAloneCarryNoDocument() {
        AdResponse answer = answer(AnswerMarkup.NONE, null, pod("p", 0, 2));

        assertThat(answer.getMarkup()).isNull();
        assertThat(answer.getSlots().getFirst().getMarkup()).isNull();
        assertThat(answer.getSlots().getFirst().getAds())
                .hasSize(2)
                .allSatisfy(ad -> assertThat(ad.getMarkup()).isNull());
    }

    @Test
    void versionThatNobodyWritesIsRefused() {
        assertThat(answer(AnswerMarkup.VAST, "5.0").getError().getMessage()).contains("vastVersion is \"5.0\"");
    }
}
