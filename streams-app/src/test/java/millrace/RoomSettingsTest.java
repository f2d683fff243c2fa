package millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.check.Checked;
import millrace.config.Config;
import millrace.config.ConfigLoader;
import millrace.config.ConfigSources;
import millrace.upstream.UpstreamSettings;
import millrace.upstream.vast.VastLimits;
import millrace.upstream.vast.xml.DocumentLimits;
import org.junit.jupiter.api.Test;

/** Each limit reaches the room that holds it: all of them differ, so none can stand in another's place. */
class RoomSettingsTest {

    private static RoomSettings configured(Map<String, String> environment) {
        return switch (ConfigLoader.load(new ConfigSources(Optional.empty(), environment, List.of()))) {
            case Checked.Valid<Config>(Config config) -> new RoomSettings(config);
            case Checked.Invalid<Config> invalid -> throw new AssertionError(invalid);
        };
    }

    @Test
    void limitsOfDocumentsAndChainsReachTheUpstreamRoom() {
        UpstreamSettings upstream = configured(Map.of(
                        "MILLRACE_UPSTREAM_RESPONSE_MAX_BYTES", "2MiB",
                        "MILLRACE_UPSTREAM_DOCUMENT_DEPTH_MAX", "41",
                        "MILLRACE_UPSTREAM_DOCUMENT_ATTRIBUTES_MAX", "42",
                        "MILLRACE_UPSTREAM_DOCUMENT_TEXT_MAX", "4300",
                        "MILLRACE_UPSTREAM_DOCUMENT_ADS_MAX", "44",
                        "MILLRACE_UPSTREAM_WRAPPERS_MAX", "7",
                        "MILLRACE_UPSTREAM_DOCUMENTS_MAX", "18",
                        "MILLRACE_UPSTREAM_DOCUMENTS_PARALLEL", "9",
                        "MILLRACE_UPSTREAM_REDIRECTS_MAX", "6"))
                .upstream();

        VastLimits usual = VastLimits.defaults();
        assertThat(upstream.http().maxResponseBytes()).isEqualTo(2 << 20);
        assertThat(upstream.http().maxRedirects()).isEqualTo(6);
        assertThat(upstream.vast())
                .isEqualTo(new VastLimits(
                        new DocumentLimits(2 << 20, 41, 42, 4300, 44),
                        7,
                        18,
                        9,
                        usual.maxTrackerText(),
                        usual.loneSequencedAd()));
    }

    @Test
    void limitOfARequestsDocumentsReachesTheDecision() {
        assertThat(configured(Map.of("MILLRACE_DECISION_DOCUMENTS_MAX", "33"))
                        .decision()
                        .documents())
                .isEqualTo(33);
    }
}
