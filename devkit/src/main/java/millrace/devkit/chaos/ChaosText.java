package millrace.devkit.chaos;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import millrace.devkit.referee.Findings;

/** A report for people: the five figures first. */
final class ChaosText {
    private static final int SHOWN = 5;

    private ChaosText() {}

    static List<String> lines(ChaosReport report) {
        Findings findings = report.findings();
        List<String> lines = new ArrayList<>();
        lines.add("requests %d, answers %d, sent again %d, overloaded slots %d"
                .formatted(report.requests(), report.answers(), report.repeated(), report.overloaded()));
        lines.add("");
        figure(lines, "lost", findings.lost());
        figure(lines, "duplicated", findings.duplicated());
        figure(lines, "cap excess", findings.capExcess());
        figure(
                lines,
                "overspend",
                findings.overspend().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + money(entry.getValue()))
                        .toList());
        figure(lines, "double-billed impressions", findings.doubleBilled());
        figure(lines, "records without their counterpart", findings.unmatched());
        figure(lines, "audit: accounts that differ", report.auditDifferences());
        lines.add("");
        lines.add(
                "apart: late impressions %d, cap excess they make %d, documented duplicates %d, ads served while paused %s"
                        .formatted(
                                findings.lateImpressions(),
                                findings.excessByLate(),
                                findings.excused(),
                                findings.servedWhilePaused()));
        lines.add(
                "audited accounts %d; poison %d, not in dead letters %d; errors logged %d; instances that died by themselves %d"
                        .formatted(
                                report.audited(),
                                report.poisoned(),
                                report.unburied(),
                                report.errors().size(),
                                report.died().size()));
        report.errors().stream().limit(SHOWN).forEach(error -> lines.add("  " + error));
        lines.add("");
        lines.add("%-10s %14s %14s %14s %8s %14s"
                .formatted("budget", "of", "spent", "reserved", "used", "excess of cuts"));
        findings.accounts()
                .forEach(account -> lines.add(String.format(
                        Locale.ROOT,
                        "%-10s %14s %14s %14s %6.1f %% %14s",
                        account.campaign(),
                        money(account.budgetNanos()),
                        money(account.spentNanos()),
                        money(account.reservedNanos()),
                        100 * account.used(),
                        money(account.excessOfCutsNanos()))));
        lines.add("lease empty: %s of slots before the first fault, %s in the minute after a crash"
                .formatted(percent(report.leaseEmptySteady()), percent(report.leaseEmptyAfterKill())));
        lines.add("");
        lines.add("%-10s %8s %10s %10s %10s".formatted("latency", "answers", "p50", "p99", "max"));
        lines.add(latency("before", report.before()));
        lines.add(latency("during", report.during()));
        lines.add(latency("after", report.after()));
        lines.add("");
        lines.add("%-42s %10s %10s %10s %10s"
                .formatted("silence of committed readers", "first", "all", "others", "replies"));
        report.recoveries().forEach(each -> lines.add(recovery(each)));
        return lines;
    }

    private static void figure(List<String> lines, String name, List<String> found) {
        lines.add("%-34s %6d".formatted(name, found.size()));
        found.stream().limit(SHOWN).forEach(each -> lines.add("  " + each));
    }

    private static String latency(String phase, Latencies of) {
        return "%-10s %8d %10s %10s %10s"
                .formatted(phase, of.count(), millis(of.p50()), millis(of.p99()), millis(of.max()));
    }

    private static String recovery(Recovery each) {
        return "%-42s %10s %10s %10s %10s"
                .formatted(
                        each.outage().what(),
                        millis(each.first()),
                        millis(each.all()),
                        millis(each.others()),
                        millis(each.replies()));
    }

    private static String millis(double millis) {
        return millis < 0 ? "-" : String.format(Locale.ROOT, "%.0f ms", millis);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f %%", 100 * share);
    }

    private static String money(long nanos) {
        return BigDecimal.valueOf(nanos, 9).setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
