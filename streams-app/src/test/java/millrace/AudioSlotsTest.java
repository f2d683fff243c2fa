package millrace;

import static millrace.Examples.placement;
import static millrace.Examples.pooled;
import static millrace.Examples.request;
import static millrace.Examples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.Media;
import millrace.schemas.NoticeKind;
import millrace.schemas.Outcome;
import millrace.schemas.Slot;
import millrace.schemas.SlotAnswer;
import millrace.schemas.SlotKind;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamCall;
import millrace.upstream.replay.Page;
import millrace.upstream.replay.ReplayExchange;
import millrace.upstream.replay.World;
import millrace.upstream.vast.VastAnswers;
import millrace.upstream.vast.VastLimits;
import millrace.upstream.vast.VastUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slots for audio ads, through the whole topology and the reader of documents; only the network is a stand-in. */
class AudioSlotsTest {
    private static final String TAG = "https://ads.example/radio";
    private static final String DAAST = """
            <DAAST version="1.1"><Ad id="spot"><InLine><AdSystem>t</AdSystem><AdTitle>Spot</AdTitle>
            <Error>https://err.example/?c=[ERRORCODE]</Error><Impression>https://imp.example/</Impression>
            <Creatives><Creative><Linear><Duration>00:00:30</Duration><MediaFiles>
            <MediaFile delivery="progressive" type="video/mp4" bitrate="96">https://m.example/spot.mp4</MediaFile>
            <MediaFile delivery="progressive" type="audio/mpeg" bitrate="320">https://m.example/high.mp3</MediaFile>
            <MediaFile delivery="progressive" type="audio/ogg" bitrate="96">https://m.example/spot.ogg</MediaFile>
            <MediaFile delivery="progressive" type="audio/mpeg" bitrate="128">https://m.example/mid.mp3</MediaFile>
            </MediaFiles></Linear></Creative></Creatives></InLine></Ad></DAAST>
            """;

    private final TopologyWorld world = new TopologyWorld();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

    @BeforeEach
    void campaignOfAnAudioUpstream() {
        world.apply(placement("preroll"));
        world.apply(upstream("radio"));
        world.apply(pooled("p", "radio").build());
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        world.close();
    }

    @Test
    void audioSlotGetsTheFilesOfItsMimeAndBitrateOnly() {
        SlotAnswer slot = answered(audio().setMimes(List.of("audio/mpeg")).setMaxBitrateKbps(192), DAAST);

        assertThat(slot.getAds().getFirst().getAdId()).isEqualTo("spot");
        assertThat(media(slot)).containsExactly("https://m.example/mid.mp3");
        assertThat(world.notices()).isEmpty();
    }

    @Test
    void audioSlotTakesNoVideoFileAlsoWhenItNamesNoMime() {
        SlotAnswer slot = answered(audio().setMaxBitrateKbps(100), DAAST);

        assertThat(media(slot)).containsExactly("https://m.example/spot.ogg");
    }

    @Test
    void audioAdWithoutAFileThatFitsIs403() {
        SlotAnswer slot = answered(audio().setMimes(List.of("audio/mpeg")).setMaxBitrateKbps(64), DAAST);

        assertThat(slot.getOutcome()).isEqualTo(Outcome.NO_FILL);
        assertThat(world.notices())
                .extracting(n -> n.getKind() + " " + n.getUrl() + " " + n.getCode())
                .containsExactly(NoticeKind.ERROR + " https://err.example/?c=403 403");
    }

    @Test
    void audioAdIsNotShownInAVideoSlot() {
        SlotAnswer slot = answered(Slot.newBuilder().setId("s").setKind(SlotKind.VIDEO), DAAST);

        assertThat(slot.getOutcome()).isEqualTo(Outcome.NO_FILL);
        assertThat(world.notices())
                .extracting(n -> n.getKind() + " " + n.getCode())
                .containsExactly(NoticeKind.ERROR + " 200");
    }

    private static Slot.Builder audio() {
        return Slot.newBuilder().setId("s").setKind(SlotKind.AUDIO);
    }

    private static List<String> media(SlotAnswer slot) {
        return slot.getAds().getFirst().getMedia().stream().map(Media::getUrl).toList();
    }

    /** The request's one slot, when the upstream answers with this document. */
    private SlotAnswer answered(Slot.Builder slot, String document) {
        world.request(AdRequest.newBuilder(request("r1", "u1"))
                .setSlots(List.of(slot.build()))
                .build());
        world.answer(resolved(world.asked.getFirst().call(), document));
        AdResponse answer = world.answer();
        assertThat(answer.getSlots()).hasSize(1);
        return answer.getSlots().getFirst();
    }

    private Resolution resolved(UpstreamCall call, String document) {
        Page page = new Page.Answer(200, Map.of(), document.getBytes(StandardCharsets.UTF_8));
        World web = new World(TAG, Optional.empty(), World.Moment.NONE, Map.of(TAG, page));
        VastUpstream vast = new VastUpstream(
                new ReplayExchange(web, 0),
                Runnable::run,
                timer,
                world::now,
                VastLimits.defaults(),
                VastAnswers.defaults(),
                "Millrace/0.1");
        return vast.resolve(call).toCompletableFuture().join();
    }
}
