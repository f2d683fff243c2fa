package millrace.devkit.referee;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import millrace.schemas.ServedAd;

/** Every request has one answer, and every ad of an answer one record on {@code served-ads}. */
final class AnswerJudge {

    /**
     * @param lost requests without an answer
     * @param duplicated requests with an answer too many, once for each
     * @param excused answers too many that the guarantee documents
     * @param unmatched ads of answers that were not recorded, or recorded ones that no answer has
     */
    record Verdict(List<String> lost, List<String> duplicated, int excused, List<String> unmatched) {}

    private final Map<String, List<Answered>> byRequest = new HashMap<>();
    private final Evidence evidence;
    private final Terms terms;

    AnswerJudge(Evidence evidence, Terms terms) {
        this.evidence = evidence;
        this.terms = terms;
        evidence.answers()
                .forEach(answer -> byRequest
                        .computeIfAbsent(answer.requestId(), id -> new ArrayList<>())
                        .add(answer));
    }

    Verdict verdict() {
        List<String> lost = evidence.asked().stream()
                .map(Asked::id)
                .filter(id -> !byRequest.containsKey(id))
                .toList();
        List<String> duplicated = new ArrayList<>();
        int excused = 0;
        for (List<Answered> answers : byRequest.values()) {
            for (int i = 1; i < answers.size(); i++) {
                if (isExcused(answers.get(i - 1), answers.get(i))) {
                    excused++;
                } else {
                    duplicated.add(answers.get(i).requestId());
                }
            }
        }
        return new Verdict(lost, duplicated, excused, unmatched());
    }

    private boolean isExcused(Answered one, Answered other) {
        Instant a = Instant.ofEpochMilli(Math.min(one.decidedAt(), other.decidedAt()))
                .minus(terms.skew());
        Instant b = Instant.ofEpochMilli(Math.max(one.decidedAt(), other.decidedAt()))
                .plus(terms.skew());
        return terms.excuses().stream().anyMatch(each -> each.isBetween(a, b));
    }

    /** Under at-least-once a decision that is made again leaves records of the first behind, so there it says nothing. */
    private List<String> unmatched() {
        if (!terms.excuses().isEmpty()) {
            return List.of();
        }
        Set<String> recorded = new HashSet<>();
        List<String> unmatched = new ArrayList<>();
        for (ServedAd ad : evidence.served()) {
            if (!recorded.add(ad.getId())) {
                unmatched.add("recorded twice: " + ad.getId());
            }
        }
        Set<String> answered = new HashSet<>();
        for (Answered answer : evidence.answers()) {
            answer.tokens().forEach(token -> answered.add(TokenText.reservation(token)));
        }
        answered.stream().filter(id -> !recorded.contains(id)).forEach(id -> unmatched.add("not recorded: " + id));
        recorded.stream().filter(id -> !answered.contains(id)).forEach(id -> unmatched.add("not answered: " + id));
        return unmatched;
    }
}
