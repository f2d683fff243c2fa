package millrace.devkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import millrace.config.Guarantee;
import millrace.devkit.referee.Asked;
import millrace.devkit.referee.Evidence;
import millrace.devkit.referee.Findings;
import millrace.devkit.referee.Referee;
import millrace.devkit.referee.Terms;
import millrace.devkit.referee.Told;
import millrace.devkit.stack.ServiceLogs;
import millrace.schemas.Campaign;
import millrace.schemas.CapRule;
import millrace.schemas.Impression;
import millrace.schemas.ImpressionVerdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real run without faults is clean; the same run is not once the referee is told of smaller promises, or of other records. */
class ChaosRunTest {
    @TempDir
    private static Path folder;

    private static ChaosRun.Outcome outcome;

    @BeforeAll
    static void run() {
        ServiceLogs.hide();
        ChaosPlan plan = new ChaosPlan(
                Duration.ofSeconds(16), 1, 60, Guarantee.EXACTLY_ONCE_V2, List.of(Fault.DUPLICATES, Fault.CLOCK), 2);
        try (ChaosRun run = new ChaosRun(plan, folder, InstantSource.system(), line -> {})) {
            outcome = run.run();
        }
    }

    @Test
    void theRunItselfIsClean() {
        assertThat(outcome.report().isClean()).as(outcome.report().toString()).isTrue();
        assertThat(outcome.report().answers())
                .isEqualTo(outcome.report().requests())
                .isGreaterThan(800);
        assertThat(outcome.evidence().impressions()).hasSizeGreaterThan(100);
    }

    @Test
    void smallerBudgetsAreFoundOverspent() {
        assertThat(judged(campaign -> campaign.setBudgetNanos(
                                campaign.getBudgetNanos() == null ? null : campaign.getBudgetNanos() / 2))
                        .overspend())
                .containsKey(ChaosCatalog.METERED);
    }

    @Test
    void smallerCapsAreFoundExceeded() {
        assertThat(judged(campaign -> campaign.setCaps(campaign.getCaps().stream()
                                .map(rule -> CapRule.newBuilder(rule)
                                        .setLimit(rule.getLimit() - 1)
                                        .build())
                                .toList()))
                        .capExcess())
                .isNotEmpty();
    }

    @Test
    void requestThatWasNeverSentIsFoundLost() {
        Evidence evidence = outcome.evidence();
        List<Asked> more = new ArrayList<>(evidence.asked());
        more.add(new Asked("never sent", more.getFirst().at()));

        assertThat(judged(with(evidence, more, evidence.impressions())).lost()).containsExactly("never sent");
    }

    @Test
    void impressionThatIsRecordedAgainIsFoundDoubleBilled() {
        Evidence evidence = outcome.evidence();
        Impression billed = evidence.impressions().stream()
                .filter(impression -> impression.getVerdict() == ImpressionVerdict.BILLED)
                .findFirst()
                .orElseThrow();
        List<Impression> more = new ArrayList<>(evidence.impressions());
        more.add(billed);

        assertThat(judged(with(evidence, evidence.asked(), more)).doubleBilled())
                .containsExactly(billed.getId());
    }

    private static Evidence with(Evidence evidence, List<Asked> asked, List<Impression> impressions) {
        return new Evidence(
                asked,
                evidence.shown(),
                evidence.answers(),
                evidence.served(),
                impressions,
                evidence.grants(),
                evidence.reports());
    }

    private static Findings judged(Evidence evidence) {
        return Referee.judge(evidence, outcome.terms());
    }

    private static Findings judged(UnaryOperator<Campaign.Builder> changed) {
        Terms terms = outcome.terms();
        List<Told<Campaign>> told = terms.campaigns().stream()
                .map(each -> new Told<>(
                        each.at(),
                        changed.apply(Campaign.newBuilder(each.record())).build()))
                .toList();
        return Referee.judge(
                outcome.evidence(), new Terms(told, terms.placements(), terms.skew(), terms.effect(), terms.excuses()));
    }
}
