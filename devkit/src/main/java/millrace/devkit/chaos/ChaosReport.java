package millrace.devkit.chaos;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import millrace.devkit.referee.Findings;

/**
 * What came of a run.
 *
 * @param requests that the broker acknowledged
 * @param repeated requests that were sent again
 * @param answers first ones, as the load saw them
 * @param before latencies of requests that were due before the first fault, the warm-up left out
 * @param leaseEmptySteady share of slots that had no money on their partition before the first fault
 * @param leaseEmptyAfterKill likewise in the minute after a kill
 * @param poisoned records that nobody can read, and how many of them are no dead letter
 * @param audited accounts of a campaign and a day whose spend was held against the ledger
 * @param auditDifferences those that do not agree
 * @param errors lines of the instances' logs that somebody must act on
 * @param died instances whose process ended by itself
 */
record ChaosReport(
        ChaosPlan plan,
        Findings findings,
        int requests,
        int repeated,
        int answers,
        int overloaded,
        Latencies before,
        Latencies during,
        Latencies after,
        List<Recovery> recoveries,
        double leaseEmptySteady,
        double leaseEmptyAfterKill,
        int poisoned,
        int unburied,
        int audited,
        List<String> auditDifferences,
        List<String> errors,
        List<String> died) {

    private static final Duration AFTER_KILL = Duration.ofSeconds(60);

    ChaosReport {
        recoveries = List.copyOf(recoveries);
        auditDifferences = List.copyOf(auditDifferences);
        errors = List.copyOf(errors);
        died = List.copyOf(died);
    }

    /** The promise held, and nothing fell over by itself. */
    boolean isClean() {
        return findings.isClean() && unburied == 0 && auditDifferences.isEmpty() && died.isEmpty();
    }

    /** Share of the slots of those answers that found no money on their partition. */
    static double leaseEmpty(Stream<Arrived> arrived) {
        List<Arrived> all = arrived.toList();
        int slots = all.stream().mapToInt(Arrived::slots).sum();
        return slots == 0
                ? 0
                : (double) all.stream().mapToInt(Arrived::leaseEmpty).sum() / slots;
    }

    static boolean isSoonAfterKill(Arrived each, List<Outage> outages) {
        return outages.stream()
                .filter(outage -> outage.kind() != Outage.Kind.LEFT)
                .anyMatch(outage -> each.at() >= outage.began() && each.at() < outage.began() + AFTER_KILL.toNanos());
    }
}
