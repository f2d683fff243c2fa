package millrace.devkit.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import millrace.devkit.referee.Findings;
import org.jspecify.annotations.Nullable;

/** A report for programs. Times are milliseconds, money is nanos of the currency unit, a time that is not known is null. */
final class ChaosJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChaosJson() {}

    static String text(ChaosReport report) {
        Findings findings = report.findings();
        ObjectNode root = JSON.createObjectNode();
        plan(root.putObject("plan"), report.plan());
        root.put("clean", report.isClean())
                .put("requests", report.requests())
                .put("answers", report.answers())
                .put("sentAgain", report.repeated())
                .put("overloadedSlots", report.overloaded())
                .put("lost", findings.lost().size())
                .put("duplicated", findings.duplicated().size())
                .put("capExcess", findings.capExcess().size())
                .put("doubleBilled", findings.doubleBilled().size())
                .put("unmatched", findings.unmatched().size())
                .put("documentedDuplicates", findings.excused())
                .put("lateImpressions", findings.lateImpressions())
                .put("capExcessByLateImpressions", findings.excessByLate())
                .put("poisoned", report.poisoned())
                .put("poisonNotInDeadLetters", report.unburied())
                .put("leaseEmptyShareSteady", report.leaseEmptySteady())
                .put("leaseEmptyShareAfterCrash", report.leaseEmptyAfterKill());
        ObjectNode overspend = root.putObject("overspendNanos");
        findings.accounts()
                .forEach(account ->
                        overspend.put(account.campaign(), findings.overspend().getOrDefault(account.campaign(), 0L)));
        findings.servedWhilePaused().forEach(root.putObject("servedWhilePaused")::put);
        root.put("auditedAccounts", report.audited());
        strings(root, "auditDifferences", report.auditDifferences());
        strings(root, "errors", report.errors());
        strings(root, "died", report.died());
        ObjectNode budgets = root.putObject("budgets");
        findings.accounts()
                .forEach(account -> budgets.putObject(account.campaign())
                        .put("budgetNanos", account.budgetNanos())
                        .put("spentNanos", account.spentNanos())
                        .put("reservedNanos", account.reservedNanos())
                        .put("used", account.used())
                        .put("excessOfCutsNanos", account.excessOfCutsNanos()));
        ObjectNode latency = root.putObject("latency");
        latency(latency.putObject("before"), report.before());
        latency(latency.putObject("during"), report.during());
        latency(latency.putObject("after"), report.after());
        var recoveries = root.putArray("recoveries");
        report.recoveries().forEach(each -> recovery(recoveries.addObject(), each));
        return root.toPrettyString() + "\n";
    }

    private static void plan(ObjectNode node, ChaosPlan plan) {
        node.put("durationSeconds", plan.duration().toSeconds())
                .put("instances", plan.instances())
                .put("rate", plan.rate())
                .put("guarantee", plan.guarantee().name().toLowerCase(Locale.ROOT))
                .put("seed", plan.seed());
        strings(node, "faults", plan.faults().stream().map(Fault::word).toList());
    }

    private static void latency(ObjectNode node, Latencies of) {
        node.put("answers", of.count())
                .put("p50", of.p50())
                .put("p99", of.p99())
                .put("max", of.max());
    }

    private static void recovery(ObjectNode node, Recovery of) {
        node.put("what", of.outage().what())
                .put("kind", of.outage().kind().name().toLowerCase(Locale.ROOT))
                .put("first", known(of.first()))
                .put("all", known(of.all()))
                .put("others", known(of.others()))
                .put("replies", known(of.replies()));
    }

    private static @Nullable Double known(double millis) {
        return millis < 0 ? null : Double.valueOf(millis);
    }

    private static void strings(ObjectNode node, String name, List<String> values) {
        var array = node.putArray(name);
        values.forEach(array::add);
    }
}
