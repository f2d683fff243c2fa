package millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import millrace.audit.Audit;
import millrace.audit.Difference;
import millrace.audit.Subject;

/** How an audit reads: a table for people, JSON for programs. */
final class AuditText {
    private static final int NANO_DECIMALS = 9;
    private static final List<String> HEAD = List.of(
            "campaign", "day", "served", "billed", "spent", "ledger", "reserved", "leased", "budget", "currency", "");

    private AuditText() {}

    static List<String> table(Audit.Result result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        result.accounts().forEach(account -> rows.add(row(account)));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths)));
        result.differences().forEach(difference -> lines.add(line(difference)));
        return lines;
    }

    private static List<String> row(Audit.Account account) {
        return List.of(
                account.subject().campaign(),
                day(account.subject()),
                Long.toString(account.served()),
                Long.toString(account.billed()),
                amount(account.spentNanos()),
                account.ledgerNanos().map(AuditText::amount).orElse("(deleted)"),
                amount(account.reservedNanos()),
                amount(account.leasedNanos()),
                account.limitNanos().map(AuditText::amount).orElse("-"),
                account.currency(),
                account.agrees() ? "ok" : "DIFFERS");
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            boolean text = i < 2 || i >= widths.length - 2;
            line.append(text ? row.get(i) + padding : padding + row.get(i)).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static String line(Difference difference) {
        return difference.kind() + ": " + difference.subject().campaign() + " " + day(difference.subject()) + ": "
                + difference.what();
    }

    private static String day(Subject subject) {
        return subject.budgetDay() == 0
                ? "-"
                : LocalDate.ofEpochDay(subject.budgetDay()).toString();
    }

    private static String amount(long nanos) {
        BigDecimal amount = BigDecimal.valueOf(nanos, NANO_DECIMALS).stripTrailingZeros();
        return amount.scale() < 2 ? amount.setScale(2).toPlainString() : amount.toPlainString();
    }

    static String json(Audit.Result result) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("addsUp", result.addsUp());
        var accounts = root.putArray("accounts");
        result.accounts().forEach(account -> write(accounts.addObject(), account));
        var differences = root.putArray("differences");
        result.differences()
                .forEach(difference -> subject(differences.addObject(), difference.subject())
                        .put("kind", difference.kind().name())
                        .put("what", difference.what()));
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts and numbers could not be written", impossible);
        }
    }

    private static ObjectNode subject(ObjectNode node, Subject subject) {
        return node.put("campaign", subject.campaign()).put("budgetDay", subject.budgetDay());
    }

    private static void write(ObjectNode node, Audit.Account account) {
        subject(node, account.subject())
                .put("currency", account.currency())
                .put("served", account.served())
                .put("billed", account.billed())
                .put("spentNanos", account.spentNanos())
                .put("ledgerSpentNanos", account.ledgerNanos().orElse(null))
                .put("ledgerReservedNanos", account.reservedNanos())
                .put("ledgerLeasedNanos", account.leasedNanos())
                .put("budgetNanos", account.limitNanos().orElse(null))
                .put("agrees", account.agrees());
    }
}
