package millrace.upstream.openrtb.pod;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Choices of one part of which a filling can have one at most, because they share a trait or want the same place. Knowing that makes the search
 * short.
 *
 * @param members numbers of choices, the better ones first
 */
record Family(List<Integer> members) {

    /** The families of a part, the one with the best member first. */
    static List<Family> of(Pod pod, int part) {
        Map<String, List<Integer>> families = new LinkedHashMap<>();
        for (int number = 0; number < pod.choices().size(); number++) {
            Choice choice = pod.choices().get(number);
            if (choice.part() == part) {
                families.computeIfAbsent(name(choice, number), name -> new ArrayList<>())
                        .add(number);
            }
        }
        return sorted(families.values());
    }

    private static List<Family> sorted(Collection<List<Integer>> families) {
        return families.stream().map(Family::new).toList();
    }

    private static String name(Choice choice, int number) {
        return switch (choice.wish()) {
            case FIRST -> "first";
            case LAST -> "last";
            case ANYWHERE, FIRST_OR_LAST ->
                choice.traits().length == 0 ? "choice " + number : "trait " + choice.traits()[0];
        };
    }
}
