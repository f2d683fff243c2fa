package millrace.devkit.upstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {

    private static final Behaviour TEN = Behaviour.ofTenAds("cr");

    @Test
    void knobsAreTurnedByName() {
        Behaviour turned = Knobs.turned(
                TEN,
                Map.of(
                        "latency",
                        "5ms..35ms",
                        "errorRate",
                        "0.1",
                        "fillRate",
                        "0.8",
                        "mode",
                        "redirect-loop",
                        "wrappers",
                        "2"),
                "cr");

        assertThat(turned.latency()).isEqualTo(Latency.parse("5ms..35ms"));
        assertThat(turned.errorRate()).isEqualTo(0.1);
        assertThat(turned.fillRate()).isEqualTo(0.8);
        assertThat(turned.mode()).isEqualTo(Mode.REDIRECT_LOOP);
        assertThat(turned.content()).isEqualTo(new Content.Inventory(SimulatedAd.numbered("cr", 10), 1, 2));
    }

    @Test
    void aNumberOfAdsBringsThatMany() {
        Behaviour turned = Knobs.turned(TEN, Map.of("ads", "3"), "cr");

        assertThat(((Content.Inventory) turned.content()).ads())
                .extracting(SimulatedAd::creative)
                .containsExactly("cr-1", "cr-2", "cr-3");
    }

    @Test
    void aTagThatPointedElsewhereGetsAdsOfItsOwn() {
        Behaviour elsewhere = Behaviour.serving(new Content.Elsewhere("http://x.example/"));

        Behaviour turned = Knobs.turned(elsewhere, Map.of("pod", "2"), "cr");

        assertThat(turned.content()).isEqualTo(new Content.Inventory(SimulatedAd.numbered("cr", 1), 2, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latency   | soon  | latency is 'soon'",
                "errorRate | 1.5   | errorRate is 1.5; allowed is 0 to 1",
                "errorRate | often | errorRate is 'often'",
                "fillRate  | NaN   | fillRate is NaN; allowed is 0 to 1",
                "mode      | moody | mode is 'moody'; allowed is one of normal, empty",
                "ads       | 0     | ads is 0; allowed is 1 to 10000",
                "ads       | few   | ads is 'few'; allowed is a whole number",
                "pod       | 51    | pod is 51; allowed is 1 to 50",
                "wrappers  | -1    | wrappers is -1; allowed is 0 to 20",
                "speed     | 1     | knob speed is unknown; there are latency"
            })
    void aKnobBeyondItsRangeIsRefusedByName(String knob, String value, String message) {
        assertThatThrownBy(() -> Knobs.turned(TEN, Map.of(knob, value), "cr"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void adsAreNamedSafelyAndNotEmpty() {
        assertThatThrownBy(() -> SimulatedAd.numbered("a b", 1)).hasMessageContaining("creative is 'a b-1'");
        assertThatThrownBy(() -> new Content.Inventory(List.of())).hasMessageContaining("at least one");
    }
}
