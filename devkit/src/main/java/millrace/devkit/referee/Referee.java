package millrace.devkit.referee;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds what happened against what was promised. */
public final class Referee {
    private Referee() {}

    public static Findings judge(Evidence evidence, Terms terms) {
        List<Exposed> exposed = Exposed.of(evidence, terms);
        AnswerJudge.Verdict answers = new AnswerJudge(evidence, terms).verdict();
        CapJudge.Verdict caps = new CapJudge(exposed, terms).verdict();
        ImpressionJudge.Verdict impressions = new ImpressionJudge(evidence, terms).verdict();
        BudgetJudge budgets = new BudgetJudge(evidence, terms, exposed);
        List<BudgetJudge.Account> accounts = budgets.accounts();
        return new Findings(
                answers.lost(),
                answers.duplicated(),
                caps.excess(),
                overspend(accounts),
                impressions.doubleBilled(),
                unmatched(answers, impressions, budgets.onWrongDays()),
                answers.excused() + impressions.excused(),
                impressions.late(),
                caps.byLate(),
                budgets.servedWhilePaused(),
                accounts.stream()
                        .map(each -> new Findings.Account(
                                each.campaign(), each.budget(), each.spent(), each.reserved(), each.excessOfCuts()))
                        .toList());
    }

    private static Map<String, Long> overspend(List<BudgetJudge.Account> accounts) {
        Map<String, Long> overspend = new TreeMap<>();
        accounts.stream()
                .filter(account -> account.overspend() > 0)
                .forEach(account -> overspend.put(account.campaign(), account.overspend()));
        return overspend;
    }

    private static List<String> unmatched(
            AnswerJudge.Verdict answers, ImpressionJudge.Verdict impressions, List<String> onWrongDays) {
        List<String> unmatched = new ArrayList<>(answers.unmatched());
        impressions.wrong().forEach(id -> unmatched.add("impression of nothing, or at another price: " + id));
        impressions.missing().forEach(token -> unmatched.add("impression not on record: " + token));
        onWrongDays.forEach(id -> unmatched.add("paid on another day than it was served: " + id));
        return unmatched;
    }
}
