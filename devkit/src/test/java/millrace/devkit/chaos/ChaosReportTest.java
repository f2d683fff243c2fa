package millrace.devkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import millrace.config.Guarantee;
import millrace.devkit.referee.Findings;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
    private static final Outage KILL =
            new Outage("kill of instance-1", Outage.Kind.TAKEN_OVER, 0, 0, Set.of(1), Instant.EPOCH);

    private static Findings findings(List<String> lost, Map<String, Long> overspend) {
        return new Findings(
                lost,
                List.of(),
                List.of(),
                overspend,
                List.of(),
                List.of(),
                0,
                3,
                1,
                Map.of(),
                List.of(new Findings.Account("spring", 10_000_000_000L, 9_000_000_000L, 990_000_000L, 0)));
    }

    private static ChaosReport report(Findings findings, int unburied, List<String> died) {
        return report(findings, unburied, List.of(), died);
    }

    private static ChaosReport report(
            Findings findings, int unburied, List<String> auditDifferences, List<String> died) {
        return new ChaosReport(
                new ChaosPlan(Duration.ofSeconds(60), 3, 150, Guarantee.EXACTLY_ONCE_V2, List.of(Fault.KILL), 4),
                findings,
                9_000,
                270,
                9_000,
                12,
                new Latencies(1_000, 90, 180, 300),
                new Latencies(7_000, 95, 6_000, 9_000),
                new Latencies(1_000, 90, 170, 310),
                List.of(new Recovery(KILL, 6_200, 7_100, 400, -1)),
                0,
                0.0125,
                48,
                unburied,
                11,
                auditDifferences,
                List.of(),
                died);
    }

    @Test
    void cleanOnlyIfNothingIsWrong() {
        Findings fine = findings(List.of(), Map.of());

        assertThat(report(fine, 0, List.of()).isClean()).isTrue();
        assertThat(report(fine, 1, List.of()).isClean()).isFalse();
        assertThat(report(fine, 0, List.of("spring: 1 nano"), List.of()).isClean())
                .isFalse();
        assertThat(report(fine, 0, List.of("instance-2")).isClean()).isFalse();
        assertThat(report(findings(List.of("request-7"), Map.of()), 0, List.of())
                        .isClean())
                .isFalse();
        assertThat(report(findings(List.of(), Map.of("spring", 1L)), 0, List.of())
                        .isClean())
                .isFalse();
    }

    @Test
    void textShowsTheFiguresAndWhoIsConcerned() {
        List<String> lines =
                ChaosText.lines(report(findings(List.of("request-7"), Map.of("spring", 20_000_000L)), 0, List.of()));

        assertThat(lines).anyMatch(line -> line.matches("lost +1")).contains("  request-7");
        assertThat(lines).anyMatch(line -> line.matches("overspend +1")).contains("  spring 0.02");
        assertThat(lines).anyMatch(line -> line.startsWith("spring") && line.contains("99.9 %"));
        assertThat(lines).anyMatch(line -> line.matches("kill of instance-1 +6200 ms +7100 ms +400 ms +-"));
        assertThat(lines.size()).as("lines in a log").isLessThan(45);
    }

    @Test
    void jsonHasTheFiguresByName() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(ChaosJson.text(report(findings(List.of("request-7"), Map.of()), 0, List.of())));

        assertThat(json.get("clean").booleanValue()).isFalse();
        assertThat(json.get("requests").intValue()).isEqualTo(9_000);
        assertThat(json.get("lost").intValue()).isEqualTo(1);
        assertThat(json.get("duplicated").intValue()).isZero();
        assertThat(json.get("capExcess").intValue()).isZero();
        assertThat(json.get("doubleBilled").intValue()).isZero();
        assertThat(json.at("/overspendNanos/spring").longValue()).isZero();
        assertThat(json.at("/budgets/spring/used").doubleValue()).isEqualTo(0.999);
        assertThat(json.at("/latency/during/p99").doubleValue()).isEqualTo(6_000);
        assertThat(json.at("/recoveries/0/all").doubleValue()).isEqualTo(7_100);
        assertThat(json.at("/recoveries/0/replies").isNull()).isTrue();
    }
}
