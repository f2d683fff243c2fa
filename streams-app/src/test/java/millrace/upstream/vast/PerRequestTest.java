package millrace.upstream.vast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<VAST><Ad><InLine><Impression>https://t.example/1</Impression>",
                "<v:VAST><v:Impression>https://t.example/1</v:Impression>",
                "<TrackingEvents><Tracking event=\"start\">",
                "<VideoClicks><ClickThrough>",
                "<CustomClick>",
                "<IconClickTracking>",
                "<VAST><Error>https://t.example/e</Error></VAST>",
                "<ViewableImpression>",
                "<NotViewable>",
                "<ViewUndetermined>",
                "<AdVerifications><Verification>",
                "<![CDATA[<VAST><Ad><InLine><Impression>]]>"
            })
    void documentWithTrackersIsOfOneRequest(String document) {
        assertThat(PerRequest.isFree(document.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<VAST version=\"4.0\"/>",
                "<vmap:VMAP><vmap:AdBreak><vmap:AdSource><vmap:AdTagURI>https://t.example/tag</vmap:AdTagURI>",
                "<MediaFile>https://m.example/1.mp4</MediaFile>"
            })
    void documentWithoutIsNot(String document) {
        assertThat(PerRequest.isFree(document.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Test
    void documentInAnotherEncodingIsTakenForOneWithTrackers() {
        assertThat(PerRequest.isFree("<VAST/>".getBytes(StandardCharsets.UTF_16)))
                .isFalse();
    }
}
