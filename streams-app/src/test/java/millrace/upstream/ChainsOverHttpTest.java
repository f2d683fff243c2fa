package millrace.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import millrace.schemas.Pod;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.vast.VastAnswers;
import millrace.upstream.vast.VastLimits;
import millrace.upstream.vast.Xml;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chains, pods and schedules over real connections: who is called, and who is not. */
@Timeout(30)
class ChainsOverHttpTest {
    private Loopback server;
    private Upstreams upstreams;

    @BeforeEach
    void start() throws IOException {
        server = new Loopback();
        upstreams = Upstreams.start(
                new UpstreamSettings(
                        HttpSettings.defaults().allowing(List.of(server.allowance())),
                        VastLimits.defaults(),
                        VastAnswers.defaults(),
                        "Millrace/test"),
                host -> List.of(InetAddress.getLoopbackAddress()),
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        upstreams.close();
        server.close();
    }

    private Resolution resolve(Ask ask) {
        return upstreams.resolve(ask.call()).toCompletableFuture().join();
    }

    private List<String> asked() {
        return server.asked.stream().map(Loopback.Asked::target).toList();
    }

    /** An ad or wrapper whose trackers of every kind are on our server. */
    private String ours(String ad) {
        String own = server.url("/fired/");
        String more = "<Impression>" + own + "imp</Impression><Error>" + own + "error?c=[ERRORCODE]</Error>"
                + "<ViewableImpression><Viewable>" + own + "viewable</Viewable></ViewableImpression>"
                + "<AdVerifications><Verification vendor=\"v\"><TrackingEvents>"
                + "<Tracking event=\"verificationNotExecuted\">" + own + "verification</Tracking></TrackingEvents>"
                + "</Verification></AdVerifications>";
        return ad.replace("<AdSystem>t</AdSystem>", "<AdSystem>t</AdSystem>" + more)
                .replace(
                        "<TrackingEvents><Tracking event=\"start\">",
                        "<TrackingEvents><Tracking event=\"notUsed\">" + own + "notused</Tracking>"
                                + "<Tracking event=\"loaded\">" + own + "loaded</Tracking><Tracking event=\"start\">")
                .replaceAll("https://(imp|err|t|click)\\.example/", server.url("/fired/"));
    }

    @Test
    void onlyTagsAreCalledWhateverBecomesOfTheAds() {
        server.answers("/fired/", "");
        server.answers(
                "/tag",
                Xml.vast(
                        "<Error>" + server.url("/fired/root") + "</Error>",
                        ours(Xml.wrapper("shown", "good", "sequence=\"1\"", "", "")),
                        ours(Xml.wrapper("empty", "none", "sequence=\"2\"", "", "")),
                        ours(Xml.inline("long", "sequence=\"3\"", "", "00:10:00", "video/mp4")),
                        ours(Xml.inline("spare"))));
        server.answers("/good", Xml.vast(ours(Xml.inline("a"))));
        server.answers("/none", Xml.vast("<Error>" + server.url("/fired/none") + "</Error>"));

        Resolution resolution =
                resolve(Ask.upstream(server.url("/tag")).slot(slot -> slot.setMaxDurationMillis(30_000)));

        assertThat(resolution).isInstanceOf(Resolution.Filled.class);
        assertThat(resolution.errorPings()).as("owed, and not called").isNotEmpty();
        upstreams.close();
        assertThat(asked()).containsExactlyInAnyOrder("/tag", "/good", "/none");
    }

    @Test
    void hungMembersOfAPodCostTheOthersNothing() {
        String[] members = new String[6];
        for (int i = 0; i < members.length; i++) {
            members[i] =
                    Xml.wrapper("w" + i, i % 3 == 1 ? "hung" + i : "in" + i, "sequence=\"" + (i + 1) + "\"", "", "");
            if (i % 3 == 1) {
                server.hangs("/hung" + i);
            } else {
                server.answers("/in" + i, Xml.vast(Xml.inline("a" + i)));
            }
        }
        server.answers("/pod", Xml.vast(members));

        Resolution resolution = resolve(Ask.upstream(server.url("/pod")).within(Duration.ofMillis(500)));

        assertThat(((Resolution.Filled) resolution).ads())
                .extracting(ad -> ad.adId().orElse(""))
                .containsExactly("a0", "a2", "a3", "a5");
        assertThat(resolution.errorPings())
                .extracting(ErrorPing::url)
                .containsExactly("https://err.example/w1?c=301", "https://err.example/w4?c=301");
    }

    @Test
    void breaksOfAScheduleAreAskedForAndNotInOurOwnNetwork() throws IOException {
        try (Loopback secret = new Loopback()) {
            secret.answers("/metadata", Xml.vast(Xml.inline("secret")));
            server.answers(
                    "/schedule",
                    "<vmap:VMAP version=\"1.0\">" + adBreak(secret.url("/metadata")) + adBreak("ads?of=[BREAKPOSITION]")
                            + "</vmap:VMAP>");
            server.answers("/ads", Xml.vast(Xml.inline("a")));

            Resolution resolution = resolve(Ask.upstream(server.url("/schedule"))
                    .slot(slot -> slot.setStartDelay(0)
                            .setPod(Pod.newBuilder()
                                    .setMaxAds(3)
                                    .setTotalMillis(60_000)
                                    .build())));

            assertThat(((Resolution.Filled) resolution).ads())
                    .extracting(ad -> ad.adId().orElse(""))
                    .containsExactly("a");
            assertThat(resolution.errorPings()).extracting(ErrorPing::url).containsExactly("https://b.example/?c=1008");
            assertThat(asked()).containsExactly("/schedule", "/ads?of=1");
            assertThat(secret.asked).isEmpty();
        }
    }

    private static String adBreak(String tag) {
        return "<vmap:AdBreak timeOffset=\"start\" breakType=\"linear\"><vmap:AdSource><vmap:AdTagURI templateType=\"vast4\">"
                + Xml.cdata(tag)
                + "</vmap:AdTagURI></vmap:AdSource><vmap:TrackingEvents><vmap:Tracking event=\"error\">"
                + Xml.cdata("https://b.example/?c=[ERROR_CODE]")
                + "</vmap:Tracking></vmap:TrackingEvents></vmap:AdBreak>";
    }
}
