package millrace.devkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final String PAGE = """
            # HELP millrace_caps_refusals_total what a cap refused
            # TYPE millrace_caps_refusals_total counter
            millrace_caps_refusals_total{scope="campaign"} 12.0
            millrace_caps_refusals_total{scope="user"} 1.0E3
            millrace_caps_refusals_total{scope="upstream"} 0.0
            millrace_decision_inflight 3.0
            """;

    @Test
    void countersAreFoundByTheirTag() {
        assertThat(Metrics.parsed(PAGE).byTag("millrace_caps_refusals_total"))
                .isEqualTo(Map.of("campaign", 12L, "user", 1_000L));
    }

    @Test
    void portThatDoesNotAnswerHasNone() {
        assertThat(Metrics.of(1).values()).isEmpty();
    }
}
