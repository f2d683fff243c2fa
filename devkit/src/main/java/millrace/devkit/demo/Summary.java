package millrace.devkit.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a run, as a table for people.
 *
 * @param outcomes as {@link DecisionLine#outcome} names them, each with its count
 * @param took of each answer, as the requester saw it
 * @param metrics of the pipeline at the end
 */
record Summary(
        int requests,
        int viewers,
        Duration lasted,
        Map<String, Integer> outcomes,
        List<Duration> took,
        List<Ledgers.Account> accounts,
        Metrics metrics) {
    private static final String ACCOUNT = "%-14s %6s %12s %14s %14s  %s";

    Summary {
        outcomes = new TreeMap<>(outcomes);
        took = took.stream().sorted().toList();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d requests of %d viewers, %d answers in %.1f s"
                .formatted(requests, viewers, took.size(), lasted.toMillis() / 1e3));
        lines.add("");
        outcomes.forEach((outcome, count) ->
                lines.add("%-28s %6d  %5.1f %%".formatted(outcome, count, 100.0 * count / Math.max(1, took.size()))));
        lines.add("%-28s %6d ms at p50, %d ms at p99".formatted("answered within", millis(0.5), millis(0.99)));
        lines.add("%-28s %s".formatted("caps that refused", counts("millrace_caps_refusals_total")));
        lines.add("%-28s %s".formatted("answers of upstreams", counts("millrace_upstream_answers_total")));
        lines.add("");
        lines.add(ACCOUNT.formatted("campaign", "ads", "impressions", "spent", "of", ""));
        accounts.forEach(account -> lines.add(line(account)));
        return lines;
    }

    private String counts(String counter) {
        Map<String, Long> counts = metrics.byTag(counter);
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String line(Ledgers.Account account) {
        return ACCOUNT.formatted(
                        account.campaign(),
                        account.served(),
                        account.billed(),
                        Amounts.nanos(account.spentNanos()) + " " + account.currency(),
                        account.budgetNanos()
                                .map(budget -> Amounts.nanos(budget) + " " + account.currency())
                                .orElse("unlimited"),
                        account.isExhausted() ? "budget exhausted" : "")
                .stripTrailing();
    }

    /** Nearest rank. */
    private long millis(double share) {
        if (took.isEmpty()) {
            return 0;
        }
        int rank = (int) Math.ceil(share * took.size());
        return took.get(Math.max(0, rank - 1)).toMillis();
    }
}
